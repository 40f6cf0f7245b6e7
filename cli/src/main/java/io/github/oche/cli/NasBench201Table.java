package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.github.oche.evaluation.report.Cell;
import io.github.oche.evaluation.report.Checklist;
import io.github.oche.evaluation.report.Column;
import io.github.oche.evaluation.report.Spread;
import io.github.oche.evaluation.report.Table;
import io.github.oche.evaluation.report.TableFormat;
import io.github.oche.evaluation.tabular.NasBench201;
import io.github.oche.evaluation.tabular.NasBench201Comparison;
import io.github.oche.evaluation.tabular.PublishedResult;
import io.github.oche.evaluation.tabular.ResultRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The comparison of searches on NAS-Bench-201. */
final class NasBench201Table {
  private static final int DECIMALS = 2;
  private static final int CSV_DECIMALS = 4;

  /**
   * Computes the table and prints it.
   *
   * @param format CSV is the table with a header, and nothing else
   * @param seeds runs of each search
   */
  void print(PrintWriter out, TableFormat format, int seeds) throws IOException {
    ImmutableList<ResultRow> rows = new NasBench201Comparison(NasBench201.load()).rows(seeds);
    if (format == TableFormat.CSV) {
      format.write(figures(rows), out);
    } else {
      format.write(report(rows, seeds), out);
      out.print('\n');
      Checklist.of(NasBench201Comparison.facts(seeds)).write(format, out);
    }
  }

  /** Our own numbers alone. */
  private static Table figures(ImmutableList<ResultRow> rows) {
    Table.Builder table = columns("NAS-Bench-201");
    for (ResultRow row : rows) {
      table.row(
          line(
              Cell.text(row.method()),
              Cell.of(row.evaluations()),
              row.accuracies().stream().map(spread -> Cell.of(spread, CSV_DECIMALS)).toList()));
    }
    return table.build();
  }

  /** The same with the published numbers below ours, and what one must know of both. */
  private static Table report(ImmutableList<ResultRow> rows, int seeds) {
    ImmutableList<String> sources =
        rows.stream()
            .flatMap(row -> row.published().stream())
            .map(PublishedResult::source)
            .distinct()
            .collect(ImmutableList.toImmutableList());
    Table.Builder table =
        columns(
            "NAS-Bench-201: test accuracy in percent after 200 epochs; searches look at the"
                + " validation accuracy on CIFAR-10 after 12 epochs, and choose the best that they"
                + " saw");
    for (ResultRow row : rows) {
      table.row(
          line(Cell.text(row.method()), Cell.of(row.evaluations()), accuracies(row.accuracies())));
      row.published()
          .ifPresent(
              published ->
                  table.row(
                      line(
                          Cell.text("  published, " + published.name()),
                          Cell.text("[" + (1 + sources.indexOf(published.source())) + "]"),
                          accuracies(published.accuracies()))));
    }
    table.note(
        String.format(
            Locale.ROOT,
            "Searches: mean and deviation of %,d %s (seeds 0 to %d).",
            seeds,
            seeds == 1 ? "run" : "runs",
            seeds - 1));
    table.note(
        "Others: of all cells that the rule allows, each equally likely; best possible is a cell"
            + " for each set, chosen by its test accuracy there.");
    for (int i = 0; i < sources.size(); i++) {
      table.note("[" + (i + 1) + "] " + sources.get(i));
    }
    return table.build();
  }

  private static Table.Builder columns(String title) {
    return Table.builder(title)
        .column(Column.text("method"))
        .column(Column.number("evaluations"))
        .column(Column.spread("CIFAR-10").withoutCount().named("cifar10"))
        .column(Column.spread("CIFAR-100").withoutCount().named("cifar100"))
        .column(Column.spread("ImageNet16-120").withoutCount().named("imagenet16"));
  }

  private static ImmutableList<Cell> line(Cell method, Cell second, List<Cell> accuracies) {
    return ImmutableList.copyOf(Iterables.concat(List.of(method, second), accuracies));
  }

  private static List<Cell> accuracies(ImmutableList<Spread> spreads) {
    return spreads.stream().map(spread -> Cell.of(varied(spread), DECIMALS)).toList();
  }

  /** Of a single cell there is no deviation to speak of. */
  private static Spread varied(Spread spread) {
    return spread.deviation().orElse(0) == 0
        ? new Spread(spread.mean(), OptionalDouble.empty(), spread.values())
        : spread;
  }
}
