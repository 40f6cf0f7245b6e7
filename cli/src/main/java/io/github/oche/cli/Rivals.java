package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.Workers;
import io.github.oche.space.Genotype;
import java.util.List;

/**
 * Lets Oche and PyTorch make the same steps, one after the other, Oche before and after: where a
 * machine slows down meanwhile, both have their share.
 *
 * @param settings of both
 * @param peer PyTorch
 */
record Rivals(BenchSettings settings, TorchPeer peer) {
  private static final String CONTIGUOUS = "contiguous";
  private static final String CHANNELS_LAST = "channels_last";

  /** Compares steps of a search; what PyTorch's script does not make is measured of Oche alone. */
  Comparison search(ImmutableList<BenchStep> steps, Workers workers) {
    ImmutableList<String> theirs =
        steps.stream()
            .filter(BenchStep.OF_A_SEARCH::contains)
            .map(BenchStep::label)
            .collect(ImmutableList.toImmutableList());
    Benched benched = new SearchBench(settings, steps, workers);
    return compare(
        benched,
        theirs,
        TorchPeer.SEARCH,
        ImmutableList.of(),
        ImmutableList.of(String.join(",", theirs)));
  }

  /** Compares training the network of a genotype, and scoring it. */
  Comparison training(Genotype genotype, Workers workers) {
    return compare(
        new TrainingBench(settings, genotype, workers),
        BenchStep.OF_A_TRAINING.stream()
            .map(BenchStep::label)
            .collect(ImmutableList.toImmutableList()),
        TorchPeer.TRAINING,
        ImmutableList.of(genotype.toString()),
        ImmutableList.of());
  }

  private Comparison compare(
      Benched benched, List<String> theirs, String script, List<String> first, List<String> last) {
    Readings before = ours(benched);
    Readings contiguous = theirs(theirs, script, first, CONTIGUOUS, last);
    Readings channelsLast = theirs(theirs, script, first, CHANNELS_LAST, last);
    return new Comparison(settings.batch(), before, ours(benched), contiguous, channelsLast);
  }

  private Readings ours(Benched benched) {
    ImmutableMap.Builder<String, Double> seconds = ImmutableMap.builder();
    for (BenchStep step : benched.steps()) {
      Measurement m = Measurement.of(benched, step, settings.repeats());
      seconds.put(step.label(), m.median());
    }
    return new Readings(seconds.buildOrThrow(), PeakMemory.megabytes());
  }

  private Readings theirs(
      List<String> steps, String script, List<String> first, String layout, List<String> last) {
    ImmutableList<String> arguments =
        ImmutableList.<String>builder()
            .addAll(first)
            .addAll(settings.arguments())
            .add(layout)
            .addAll(last)
            .build();
    return Readings.parse(
        script + " (" + layout + ")",
        peer.run(TorchPeer.script(script), ImmutableList.of(), arguments),
        steps);
  }
}
