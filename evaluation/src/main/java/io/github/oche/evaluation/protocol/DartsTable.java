package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Effort;
import io.github.oche.darts.Provenance;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Dataset;
import io.github.oche.evaluation.RetrainingSettings;
import io.github.oche.evaluation.report.Cell;
import io.github.oche.evaluation.report.Column;
import io.github.oche.evaluation.report.PublishedTables;
import io.github.oche.evaluation.report.PublishedValue;
import io.github.oche.evaluation.report.Spread;
import io.github.oche.evaluation.report.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a reproduction came to, with the published numbers beside it. */
final class DartsTable {
  private static final String PUBLISHED = "DARTS Table 1";

  /** The paper's name of each row; the cells it found stand for the rows that found them. */
  private static final ImmutableMap<Method, String> NAMES =
      ImmutableMap.of(
          Method.NASNET_A, "NASNet-A + cutout (trained in DARTS setup)",
          Method.AMOEBANET_A, "AmoebaNet-A + cutout (trained in DARTS setup)",
          Method.RANDOM_SEARCH, "Random search baseline + cutout",
          Method.FIRST_ORDER, "DARTS (first order) + cutout",
          Method.SECOND_ORDER, "DARTS (second order) + cutout",
          Method.DARTS_V1, "DARTS (first order) + cutout",
          Method.DARTS_V2, "DARTS (second order) + cutout");

  private DartsTable() {}

  /**
   * Puts the table together.
   *
   * @param threads that the reproduction ran with in the end
   * @param rows of the reproduction
   */
  static Table of(Protocol protocol, Dataset data, int threads, List<MethodResult> rows) {
    PublishedTables published = PublishedTables.load();
    Table.Builder table =
        Table.builder("DARTS table 1 (arXiv:1806.09055), scale " + protocol.scale())
            .column(Column.text("method"))
            .column(Column.spread("test error %").named("test_error_percent"))
            .column(Column.spread("paper %").withoutCount().named("published_error_percent"))
            .column(Column.spread("best epoch %").withoutCount().named("best_epoch_error_percent"))
            .column(Column.number("parameters").openingGroup())
            .column(Column.number("mult-adds").named("multiply_adds"))
            .column(
                Column.spread("candidates %")
                    .named("candidates_validation_error_percent")
                    .openingGroup())
            .column(Column.number("search h").named("search_core_hours"))
            .column(Column.number("select h").named("selection_core_hours"));
    for (MethodResult row : rows) {
      table.row(
          Cell.text(row.method().title()),
          spread(row.trainings().stream().mapToDouble(TrainingOutcome::errorPercent).toArray()),
          published(published, row.method()).map(PublishedValue::cell).orElse(Cell.empty()),
          spread(
              row.trainings().stream()
                  .flatMapToDouble(t -> t.bestEpochErrorPercent().stream())
                  .toArray()),
          mean(row, t -> t.cost().parameters()),
          mean(row, t -> t.cost().multiplyAdds()),
          spread(row.candidates().stream().mapToDouble(TrainingOutcome::errorPercent).toArray()),
          hours(row.search(), row.method().origin() == Method.Origin.SEARCH),
          hours(row.selection(), row.method().selects()));
    }
    notes(protocol, data, threads, rows).forEach(table::note);
    rows.stream()
        .flatMap(row -> published(published, row.method()).stream())
        .map(value -> "Published values: " + value.paper() + "; read in: " + value.source() + ".")
        .distinct()
        .forEach(table::note);
    return table.build();
  }

  private static Optional<PublishedValue> published(PublishedTables tables, Method method) {
    return Optional.ofNullable(NAMES.get(method)).flatMap(name -> tables.find(PUBLISHED, name));
  }

  private static Cell spread(double... values) {
    return values.length == 0 ? Cell.empty() : Cell.of(Spread.of(values), 2);
  }

  private static Cell mean(MethodResult row, ToLongFunction<TrainingOutcome> figure) {
    return row.trainings().isEmpty()
        ? Cell.empty()
        : Cell.of(Math.round(row.trainings().stream().mapToLong(figure).average().orElseThrow()));
  }

  private static Cell hours(Effort effort, boolean any) {
    return any ? Cell.of(effort.coreHours(), 3) : Cell.empty();
  }

  private static ImmutableList<String> notes(
      Protocol protocol, Dataset data, int threads, List<MethodResult> rows) {
    ImmutableList.Builder<String> notes = ImmutableList.builder();
    notes.add(
        "Test error: of the last epoch, as published; mean and sample deviation over trainings of"
            + " one cell from several seeds (their number). Of the random architecture each"
            + " training has another cell, so that its spread is over cells too, and its costs are"
            + " means.");
    if (protocol.training().validation() > 0) {
      notes.add(
          format(
              "Best epoch: test error after the epoch that %.0f%% of the training images, held out"
                  + " and not trained on, chose.",
              100 * protocol.training().validation()));
    }
    notes.add(
        format(
            "Candidates: the other spread, over what the searches found or chance drew: error on"
                + " the part of the training images (%.0f%%) that chooses one of them, after a"
                + " short training of each on the rest. The test images choose nothing.",
            100 * (1 - protocol.selectionPortion())));
    notes.add(
        "Parameters are exact and without the auxiliary head. Core-hours, measured: threads times"
            + " hours, of all searches (search) and of all short trainings (select).");
    notes.add(budgets(rows));
    for (MethodResult row : rows) {
      if (!row.diverged().isEmpty()) {
        notes.add(
            row.method().title()
                + ": a number became NaN or infinite in "
                + String.join(", ", row.diverged())
                + ", left out.");
      }
    }
    notes.add(tricks(protocol.training()));
    ImmutableList<String> differences = protocol.differences(Protocol.full());
    notes.add(
        differences.isEmpty()
            ? "All settings are the paper's."
            : "Not as in the paper: " + String.join("; ", differences) + ".");
    notes.add(
        "Data (the paper's: CIFAR-10, 50,000 and 10,000 images of 3x32x32, 10 classes): "
            + data.describe()
            + "; SHA-256 "
            + data.sha256()
            + ".");
    notes.add(machine(threads, rows));
    return notes.build();
  }

  private static String budgets(List<MethodResult> rows) {
    ImmutableList<String> budgets =
        rows.stream()
            .filter(row -> row.method().selects())
            .map(
                row -> {
                  Effort effort = row.search().plus(row.selection());
                  return format(
                      "%s %.3f (%.3f)",
                      row.method().title(), effort.coreHours(), effort.cpuHours());
                })
            .collect(ImmutableList.toImmutableList());
    return "Core-hours to find a cell, search and choice together (of these, processors worked): "
        + String.join("; ", budgets)
        + ".";
  }

  private static String tricks(RetrainingSettings training) {
    Augmentation augmentation = training.augmentation();
    return "Training tricks, the same in all rows: auxiliary head "
        + (training.auxiliaryWeight() > 0 ? training.auxiliaryWeight() : "off")
        + ", drop path "
        + (training.dropPath() > 0 ? training.dropPath() : "off")
        + ", cutout "
        + (augmentation.cutout() > 0 ? augmentation.cutout() : "off")
        + ", crop padding "
        + (augmentation.cropPadding() > 0 ? augmentation.cropPadding() : "off")
        + ", flip "
        + (augmentation.flip() ? "on" : "off")
        + ".";
  }

  private static String machine(int threads, List<MethodResult> rows) {
    Effort all =
        Effort.sum(
            rows.stream()
                .map(row -> row.search().plus(row.selection()).plus(row.training()))
                .toList());
    String software = // names and values, as run.json has them
        Provenance.software().entrySet().stream()
            .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return format(
        "Ran with %d threads (%s); in all %.3f core-hours, of which processors worked %.3f.",
        threads, software, all.coreHours(), all.cpuHours());
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
