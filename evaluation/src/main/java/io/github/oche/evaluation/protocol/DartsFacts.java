package io.github.oche.evaluation.protocol;

import io.github.oche.evaluation.report.Fact;
import io.github.oche.evaluation.report.StudyFacts;
import java.util.List;
import java.util.Locale;

/** What the program knows of a reproduction, for the checklist of best practices. */
final class DartsFacts {
  private DartsFacts() {}

  /** From this share of the dearest search's cost on, random search has the same budget. */
  private static final double SAME_BUDGET = 0.8;

  /** The facts of a protocol and what it came to. */
  static StudyFacts of(Protocol protocol, List<MethodResult> rows) {
    StudyFacts facts =
        StudyFacts.none()
            .yes(Fact.TRAINING_CODE, "Oche is open source")
            .yes(Fact.SEARCH_CODE, "Oche is open source")
            .no(Fact.SAME_SPACE, "NASNet-A and AmoebaNet-A were found in spaces of their own")
            .yes(Fact.SAME_TRAINING, "one protocol trains all rows")
            .yes(Fact.SAME_SPLIT, "all rows have the same training and test images")
            .no(Fact.ABLATION, "first and second order are compared, nothing else")
            .yes(
                Fact.SAME_SELECTION, "searches and random search choose by the same short training")
            .yes(Fact.TEST_UNTOUCHED, "test images are read at the end of full trainings only")
            .no(Fact.SEVERAL_BUDGETS, "one budget; `oche reproduce nasbench201` has several")
            .runs(Fact.RANDOM_SAMPLING, protocol.trainings(), "random architectures")
            .runs(Fact.SEARCH_SEEDS, protocol.searches(), "searches of each order")
            .runs(Fact.TRAINING_SEEDS, protocol.trainings(), "trainings a row")
            .yes(Fact.SEEDS_TOLD, "in run.json of each run")
            .no(Fact.TABULAR, "none in this table; `oche reproduce nasbench201` is one")
            .unknown(
                Fact.SAME_MACHINE,
                "run.json of each run names its machine; a reproduction may move")
            .unknown(
                Fact.SAME_VERSIONS,
                "run.json of each run names its versions; a reproduction may be continued by others")
            .yes(Fact.SEARCH_SETTINGS, "all in run.json")
            .yes(Fact.SEARCH_COST, "core-hours of all searches")
            .yes(Fact.SELECTION_COST, "core-hours of all short trainings")
            .yes(Fact.HARDWARE_TOLD, "in the notes and in run.json")
            .yes(Fact.VERSIONS_TOLD, "in the notes and in run.json")
            .yes(Fact.TRAINING_SETTINGS, "all in run.json");
    facts = budget(facts, protocol, rows);
    return protocol.differences(Protocol.full()).isEmpty()
        ? facts.yes(Fact.TUNING_TOLD, "all settings are the paper's")
        : facts.no(
            Fact.TUNING_TOLD, "the scale's settings were chosen for their time, not by a search");
  }

  private static StudyFacts budget(StudyFacts facts, Protocol protocol, List<MethodResult> rows) {
    double dearest = cpuHours(rows, Method.Origin.SEARCH);
    double random = cpuHours(rows, Method.Origin.RANDOM_SEARCH);
    if (dearest == 0 || random == 0) {
      return facts;
    }
    String reason =
        String.format(
            Locale.ROOT,
            "%d cells, %.2f times the processor time of the dearest search and its choice",
            protocol.randomCells(),
            random / dearest);
    return random >= SAME_BUDGET * dearest
        ? facts.yes(Fact.RANDOM_SEARCH, reason)
        : facts.no(Fact.RANDOM_SEARCH, reason);
  }

  /** The most that a row of this origin took to find its cell. */
  private static double cpuHours(List<MethodResult> rows, Method.Origin origin) {
    return rows.stream()
        .filter(row -> row.method().selects() && row.method().origin() == origin)
        .mapToDouble(row -> row.search().plus(row.selection()).cpuHours())
        .max()
        .orElse(0);
  }
}
