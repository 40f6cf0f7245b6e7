package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.CleaningMethod;
import io.github.oche.bilevel.problems.CleaningRun;
import io.github.oche.bilevel.problems.CleaningTuning;
import io.github.oche.bilevel.problems.CleaningTuning.Trial;
import io.github.oche.bilevel.problems.HyperCleaning;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The table of {@code oche bilevel cleaning --tune}: which rates do best on held-out images. As
 * text a line a method, its choice; as comma-separated values a line a candidate.
 */
final class CleaningRates {
  private static final double PERCENT = 100;

  private final ResultRows rows;
  private final boolean csv;

  /** Prints the head. */
  CleaningRates(PrintWriter out, boolean csv) {
    this.csv = csv;
    rows =
        new ResultRows(
            out,
            csv,
            ImmutableList.of(
                "method",
                " rate",
                "upper rate",
                "splits",
                "held-out accuracy %",
                "worst split %",
                csv ? "chosen" : "candidates",
                csv ? "outcome" : "failed"));
  }

  /**
   * Tries the candidates of a method and prints the choice.
   *
   * @return false if all candidates failed
   */
  boolean print(CleaningMethod method, List<Long> seeds, LongFunction<HyperCleaning> problems) {
    ImmutableList<Trial> trials = CleaningTuning.of(method, seeds, problems);
    Trial choice = trials.get(0);
    if (csv) {
      for (int i = 0; i < trials.size(); i++) {
        Trial trial = trials.get(i);
        boolean chosen = i == 0 && !trial.failed();
        print(trial, chosen ? "yes" : "no", Outcomes.words(last(trial).outcome()));
      }
    } else {
      long failed = trials.stream().filter(Trial::failed).count();
      print(choice, String.valueOf(trials.size()), String.valueOf(failed));
    }
    return !choice.failed();
  }

  private void print(Trial trial, String candidates, String end) {
    rows.print(
        ImmutableList.of(
            trial.method().name(),
            String.valueOf(trial.method().rate()),
            String.valueOf(trial.method().upperRate()),
            String.valueOf(trial.runs().size()),
            number(PERCENT * trial.accuracy(), 2),
            number(
                PERCENT
                    * trial.runs().stream().mapToDouble(CleaningRun::accuracy).min().orElseThrow(),
                2),
            candidates,
            end));
  }

  private static CleaningRun last(Trial trial) {
    return trial.runs().get(trial.runs().size() - 1);
  }
}
