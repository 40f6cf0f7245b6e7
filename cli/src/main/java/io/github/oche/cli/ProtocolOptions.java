package io.github.oche.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a training is judged: options of {@code evaluate}. */
final class ProtocolOptions {
  private static final Splitter COMMA = Splitter.on(',').trimResults();
  private static final int MOST_SEEDS = 1000;

  @Option(
      names = "--validation",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Share of training images held out, to choose the best epoch (${DEFAULT-VALUE}).")
  private double validation;

  @Option(
      names = "--seeds",
      paramLabel = "N,N,...",
      description = "Train once with each of these seeds, in place of --seed.")
  private @Nullable String seeds;

  double validation() {
    return validation;
  }

  /**
   * Returns the seeds to train with, one or more.
   *
   * @throws IllegalArgumentException if they are no numbers, or one is there twice
   */
  ImmutableList<Long> seeds(RunOptions run) {
    if (seeds == null) {
      return ImmutableList.of(run.seed());
    }
    if (run.seedIsGiven()) {
      throw new IllegalArgumentException(
          "--seed and --seeds are both given, expected one of the two");
    }
    ImmutableList<Long> parsed = distinct(COMMA.splitToStream(seeds).map(this::seed).toList());
    if (parsed.size() > MOST_SEEDS) {
      throw new IllegalArgumentException(
          "--seeds has " + parsed.size() + " numbers, expected 1 to " + MOST_SEEDS);
    }
    return parsed;
  }

  /**
   * The same seeds.
   *
   * @throws IllegalArgumentException if one is there twice, which would be no run of its own
   */
  static ImmutableList<Long> distinct(List<Long> seeds) {
    Set<Long> known = new HashSet<>();
    for (long seed : seeds) {
      if (!known.add(seed)) {
        throw new IllegalArgumentException("--seeds has " + seed + " twice, expected each once");
      }
    }
    return ImmutableList.copyOf(seeds);
  }

  private long seed(String text) {
    Long number = Longs.tryParse(text);
    if (number == null) {
      throw new IllegalArgumentException(
          "--seeds is \"" + seeds + "\", expected whole numbers such as 0,1,2");
    }
    return number;
  }
}
