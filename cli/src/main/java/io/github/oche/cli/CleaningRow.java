package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CleaningMethod;
import io.github.oche.bilevel.problems.CleaningRun;
import io.github.oche.bilevel.problems.HyperCleaning;
import io.github.oche.evaluation.report.Spread;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One method of hyper-cleaning over all seeds.
 *
 * @param method its name
 * @param runs one a seed
 */
record CleaningRow(String method, ImmutableList<CleaningRun> runs) {
  private static final double PERCENT = 100;

  /** Runs a method on several problems, each with its seed. */
  static CleaningRow of(CleaningMethod method, List<HyperCleaning> problems, List<Long> seeds) {
    ImmutableList.Builder<CleaningRun> runs = ImmutableList.builder();
    for (int i = 0; i < problems.size(); i++) {
      runs.add(method.run(problems.get(i), seeds.get(i)));
    }
    return new CleaningRow(method.name(), runs.build());
  }

  /** Percentage of the test samples that are right. */
  Spread accuracy() {
    return percent(CleaningRun::accuracy);
  }

  /** F1 of the detection of clean samples, in percent. */
  Spread f1() {
    return percent(run -> run.detection().f1());
  }

  /** Precision of the detection, in percent. */
  Spread precision() {
    return percent(run -> run.detection().precision());
  }

  /** Recall of the detection, in percent. */
  Spread recall() {
    return percent(run -> run.detection().recall());
  }

  /** Seconds of a run. */
  Spread seconds() {
    return Spread.of(runs.stream().mapToDouble(CleaningRun::seconds).toArray());
  }

  /** The work of the first run; others differ only where a method decides. */
  Work work() {
    return runs.get(0).work();
  }

  /** The first failure, or else the worst of the runs' outcomes. */
  Outcome outcome() {
    return runs.stream().map(CleaningRun::outcome).reduce(Outcome.DONE, Outcome::and);
  }

  /** The largest residual of a linear system, NaN without them. */
  double residual() {
    return runs.stream().mapToDouble(CleaningRun::residual).max().orElse(Double.NaN);
  }

  private Spread percent(ToDoubleFunction<CleaningRun> share) {
    return Spread.of(runs.stream().mapToDouble(share).map(s -> PERCENT * s).toArray());
  }
}
