package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.correlation.CorrelationTable;
import io.github.oche.evaluation.correlation.RankCorrelation;
import io.github.oche.evaluation.correlation.ScoredArchitecture;
import java.util.Locale;

/** What is printed of a study of correlation. */
final class CorrelationReport {
  private static final int FEW = 30;

  private CorrelationReport() {}

  static String header() {
    return String.format(
        Locale.ROOT, "%-13s %10s %10s %11s", "", "inherited", "retrained", "parameters");
  }

  static String line(ScoredArchitecture row) {
    return String.format(
        Locale.ROOT,
        "%-13s %9.2f%% %10s %,11d  %s",
        row.name(),
        row.inheritedPercent(),
        row.diverged() ? "diverged" : String.format(Locale.ROOT, "%.2f%%", row.retrainedPercent()),
        row.parameters(),
        Progress.duration(row.seconds()));
  }

  static ImmutableList<String> summary(CorrelationTable table) {
    RankCorrelation inherited = table.ofInheritedWeights();
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        String.format(
            Locale.ROOT,
            "rank correlation with the accuracy after training from scratch, of the %d random ones:",
            inherited.pairs()));
    lines.add(line("inherited weights", inherited));
    lines.add(line("parameters alone", table.ofParameters()));
    if (inherited.pairs() < FEW) {
      lines.add(
          String.format(
              Locale.ROOT,
              "so few say little: the same command with this --out and --samples %d goes on",
              4 * inherited.pairs()));
    }
    return lines.build();
  }

  private static String line(String name, RankCorrelation c) {
    return Double.isNaN(c.kendall())
        ? String.format(Locale.ROOT, "  %-17s  none: all scores of one kind are equal", name)
        : String.format(
            Locale.ROOT,
            "  %-17s  Kendall's tau %5.2f, 95%% interval %5.2f to %5.2f, p %.4f; Spearman %5.2f",
            name,
            c.kendall(),
            c.low(),
            c.high(),
            c.chance(),
            c.spearman());
  }
}
