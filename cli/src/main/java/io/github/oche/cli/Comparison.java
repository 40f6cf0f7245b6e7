package io.github.oche.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Oche beside PyTorch in both of its layouts.
 *
 * @param batch images a step
 * @param before what we measured first
 * @param after and again, after PyTorch; the mean of both is compared
 * @param contiguous PyTorch in the layout of the published code
 * @param channelsLast and in the other one
 */
record Comparison(
    int batch, Readings before, Readings after, Readings contiguous, Readings channelsLast) {
  /**
   * Prints the table.
   *
   * @param published whether with a row for the published search
   */
  void print(PrintWriter out, boolean published) {
    Readings ours = before.mean(after);
    row(out, "seconds a step", "Oche", "contiguous", "ratio", "channels_last", "ratio");
    for (String step : ours.seconds().keySet()) {
      times(out, step, 1, "%.4f", ours, step);
    }
    for (BenchStep step : BenchStep.OF_A_TRAINING) {
      if (ours.of(step.label()).isPresent()) {
        rates(out, ours, step.label());
      }
    }
    if (published) {
      String step = BenchStep.FIRST_ORDER.label();
      times(out, "published search, hours", PublishedSearch.hours(1), "%.2f", ours, step);
    }
    row(
        out,
        "peak memory, MB",
        Long.toString(ours.megabytes()),
        Long.toString(contiguous.megabytes()),
        share(ours, contiguous),
        Long.toString(channelsLast.megabytes()),
        share(ours, channelsLast));
    out.println("Oche before and after PyTorch: " + twice());
  }

  /** A row of times, each of them the step's seconds times {@code unit}. */
  private void times(
      PrintWriter out, String title, double unit, String format, Readings ours, String step) {
    Optional<Double> mine = ours.of(step);
    row(
        out,
        title,
        number(format, mine, unit),
        number(format, contiguous.of(step), unit),
        ratio(contiguous.of(step), mine),
        number(format, channelsLast.of(step), unit),
        ratio(channelsLast.of(step), mine));
  }

  private void rates(PrintWriter out, Readings ours, String step) {
    row(
        out,
        step + ", images a second",
        rate(ours.of(step)),
        rate(contiguous.of(step)),
        "",
        rate(channelsLast.of(step)),
        "");
  }

  private String rate(Optional<Double> seconds) {
    return number("%.1f", seconds.map(s -> batch / s), 1);
  }

  private static void row(PrintWriter out, Object... cells) {
    out.printf(Locale.ROOT, "%-27s %9s %11s %8s %14s %8s%n", cells);
  }

  private static String number(String format, Optional<Double> value, double unit) {
    return value.map(v -> String.format(Locale.ROOT, format, v * unit)).orElse("-");
  }

  /** How many times as long theirs takes. */
  private static String ratio(Optional<Double> theirs, Optional<Double> ours) {
    return theirs
        .flatMap(t -> ours.map(o -> String.format(Locale.ROOT, "%.2f x", t / o)))
        .orElse("-");
  }

  /** How much of their memory is ours. */
  private static String share(Readings ours, Readings theirs) {
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * ours.megabytes() / theirs.megabytes());
  }

  /** Tells how still the machine was. */
  private String twice() {
    return before.seconds().keySet().stream()
        .map(
            step ->
                step
                    + " "
                    + number("%.4f", before.of(step), 1)
                    + " "
                    + number("%.4f", after.of(step), 1))
        .collect(Collectors.joining(", "));
  }
}
