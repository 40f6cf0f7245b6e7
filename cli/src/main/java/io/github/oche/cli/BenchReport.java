package io.github.oche.cli;

import io.github.oche.engine.Footprint;
import io.github.oche.engine.MachineSpeed;
import io.github.oche.engine.Workers;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Oche's steps take, a line a step as soon as it is known, then the memory that the plan
 * foretells and the peak: the lines that the scripts for PyTorch print too.
 *
 * @param benched what is measured
 * @param repeats steps of each kind
 * @param published whether with a line for the published search; first-order steps are measured
 * @param profiled the step of whose time a table is printed
 */
record BenchReport(Benched benched, int repeats, boolean published, Optional<BenchStep> profiled) {

  void print(PrintWriter out, Workers workers) {
    @Nullable Measurement searching = null;
    @Nullable Measurement shown = null;
    for (BenchStep step : benched.steps()) {
      System.gc(); // what the kind before left would count as this one's memory
      Measurement m = Measurement.of(benched, step, repeats);
      out.printf(Locale.ROOT, "%s %.4f%n", step.label(), m.median());
      out.flush();
      searching = step == BenchStep.FIRST_ORDER ? m : searching;
      shown = profiled.filter(step::equals).isPresent() ? m : shown;
    }
    long expected = Footprint.residentBytes(benched.memoryBytes());
    out.println("expected-rss-mb " + (expected >> 20));
    out.println("peak-rss-mb " + PeakMemory.megabytes());
    if (published && searching != null) {
      out.println(PublishedSearch.line(searching.median(), repeats));
    }
    if (shown != null) {
      if (shown.allocated() >= 0) {
        out.println("allocated-bytes-a-step " + shown.allocated() / repeats);
      }
      new ProfileTable(shown.timings(), repeats, shown.total(), MachineSpeed.measure(workers))
          .print(out);
    }
  }
}
