package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.HyperCleaning.Model;
import io.github.oche.evaluation.report.Spread;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The table of {@code oche bilevel cleaning}: baselines, methods, and what others measured. In
 * comma-separated values deviations have columns of their own.
 */
final class CleaningTable {
  /** F1, its deviation, precision, recall, values, gradients, products, seconds, outcome. */
  private static final List<String> NOTHING = Collections.nCopies(9, "");

  private final PrintWriter out;
  private final boolean csv;
  private final Model model;
  private final ResultRows rows;

  /** Prints the head. */
  CleaningTable(PrintWriter out, boolean csv, Model model) {
    this.out = out;
    this.csv = csv;
    this.model = model;
    rows = new ResultRows(out, csv, csv ? csvColumns() : textColumns());
  }

  private static ImmutableList<String> textColumns() {
    return ImmutableList.of(
        "method",
        "  accuracy %",
        "        F1 %",
        "precision %",
        "recall %",
        "values",
        "gradients",
        "products",
        "seconds",
        "outcome");
  }

  private static ImmutableList<String> csvColumns() {
    return ImmutableList.of(
        "method",
        "model",
        "runs",
        "accuracy %",
        "accuracy std",
        "f1 %",
        "f1 std",
        "precision %",
        "recall %",
        "values",
        "gradients",
        "products",
        "seconds",
        "outcome",
        "source");
  }

  /** Prints a baseline, which detects nothing. */
  void print(String baseline, Spread accuracy) {
    print(
        baseline,
        String.valueOf(accuracy.values()),
        number(accuracy.mean(), 2),
        deviation(accuracy),
        NOTHING,
        "");
  }

  /** Prints a method. */
  void print(CleaningRow row) {
    Spread accuracy = row.accuracy();
    Spread f1 = row.f1();
    print(
        row.method(),
        String.valueOf(accuracy.values()),
        number(accuracy.mean(), 2),
        deviation(accuracy),
        ImmutableList.of(
            number(f1.mean(), 2),
            deviation(f1),
            number(row.precision().mean(), 2),
            number(row.recall().mean(), 2),
            String.valueOf(row.work().values()),
            String.valueOf(row.work().gradients()),
            String.valueOf(row.work().products()),
            number(row.seconds().mean(), 1),
            Outcomes.words(row.outcome(), row.residual())),
        "");
  }

  /** Prints what others measured. */
  void printPublished() {
    if (!csv) {
      out.printf("%nmeasured by others, on other images: compare the order%n");
    }
    for (PublishedCleaning row : PublishedCleaning.of(model)) {
      String accuracy = number(row.accuracy(), 2);
      String f1 = number(row.f1(), 2);
      if (csv) {
        List<String> rest =
            ImmutableList.<String>builder().add(f1).addAll(NOTHING.subList(1, 9)).build();
        print(row.method(), "", accuracy, "", rest, PublishedCleaning.SOURCE);
      } else {
        out.printf(
            Locale.ROOT,
            "%-22s  %12s  %12s  %s%n",
            row.method(),
            accuracy,
            f1,
            PublishedCleaning.SOURCE);
      }
    }
  }

  private void print(
      String method,
      String runs,
      String accuracy,
      String deviation,
      List<String> rest,
      String source) {
    ImmutableList.Builder<String> cells = ImmutableList.builder();
    cells.add(method);
    if (csv) {
      cells.add(model.toString().toLowerCase(Locale.ROOT), runs, accuracy, deviation);
      cells.addAll(rest).add(source);
    } else {
      cells.add(joined(accuracy, deviation), joined(rest.get(0), rest.get(1)));
      cells.addAll(rest.subList(2, rest.size()));
    }
    rows.print(cells.build());
  }

  private static String joined(String mean, String deviation) {
    return deviation.isEmpty() ? mean : mean + " +- " + deviation;
  }

  private static String deviation(Spread spread) {
    return number(spread.deviation().orElse(Double.NaN), 2);
  }
}
