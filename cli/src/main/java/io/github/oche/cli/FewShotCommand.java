package io.github.oche.cli;

import static io.github.oche.cli.ResultRows.number;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.problems.FewShot;
import io.github.oche.bilevel.problems.FewShot.Learner;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche bilevel fewshot}: learning to fit a sine from a few points. */
@Command(
    name = "fewshot",
    sortOptions = false,
    description =
        "Few-shot regression of sines: loss against shots and steps, for each meta-learner.",
    footer = {
      "",
      "Amplitude 0.1 to 5, phase 0 to pi, x -5 to 5; a 1-40-40-1 ReLU network, 10 shots and steps of",
      "0.01 (iMAML 0.005). loss: mean squared error of new tasks, with half the width of its 95 %%",
      "interval. diverged: new tasks that are not in the mean, as their steps ran away. skipped: meta",
      "steps that failed numerically and moved nothing."
    })
final class FewShotCommand implements Callable<Integer> {
  private static final int LEAST_TASKS = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--meta-steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Upper steps of each learner (${DEFAULT-VALUE}).")
  private int metaSteps;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "100",
      description = "New tasks that it is measured on (${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Of tasks and start (${DEFAULT-VALUE}).")
  private long seed;

  @Option(names = "--csv", description = "Print CSV.")
  private boolean csv;

  @Override
  public Integer call() {
    FewShot study =
        new FewShot(
            seed,
            Ranges.check("--meta-steps", metaSteps, 1, 1_000_000),
            FewShot.standard(seed).batch(),
            Ranges.check("--tasks", tasks, LEAST_TASKS, 1_000_000));
    Nd4j.getEnvironment().setMaxMasterThreads(1); // its vectors are too short to share
    ResultRows rows =
        new ResultRows(
            spec.commandLine().getOut(),
            csv,
            ImmutableList.of(
                "method", "shots", "steps", "      loss", "half width", "diverged", "skipped"));
    ImmutableList<Supplier<Learner>> learners =
        ImmutableList.of(
            Learner::maml,
            Learner::firstOrderMaml,
            Learner::reptile,
            Learner::imaml,
            Learner::metaSgd);
    for (Supplier<Learner> learner : learners) {
      FewShot.Result result = study.run(learner.get());
      for (FewShot.Row row : result.rows()) {
        rows.print(
            ImmutableList.of(
                row.method(),
                String.valueOf(row.shots()),
                String.valueOf(row.steps()),
                number(row.loss(), 4),
                number(row.halfWidth(), 4),
                String.valueOf(row.diverged()),
                String.valueOf(result.skipped())));
      }
    }
    return ExitCode.DONE;
  }
}
