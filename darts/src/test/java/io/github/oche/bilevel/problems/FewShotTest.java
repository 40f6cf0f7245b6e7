package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.Partial;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.FewShot.Learner;
import io.github.oche.bilevel.problems.FewShot.Result;
import io.github.oche.bilevel.problems.FewShot.Row;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class FewShotTest {
  @Test
  void tasksFollowFromSeedAndNumber() {
    INDArray w = Sinusoid.weights(1);
    assertThat(w.length()).isEqualTo(1761);
    double[] all = losses(new Sinusoid(3, 10, 20).draw(5, 0), w);
    double[] tail = losses(new Sinusoid(2, 10, 20).draw(5, 1), w);
    assertThat(tail).containsExactly(all[2], all[3], all[4], all[5]);
    double[] fewer = losses(new Sinusoid(3, 5, 20).draw(5, 0), w);
    assertThat(fewer[0]).as("query loss").isEqualTo(all[0]);
    assertThat(fewer[1]).as("loss on fewer shots").isNotEqualTo(all[1]);
    assertThat(losses(new Sinusoid(1, 10, 20).draw(6, 0), w)[0]).isNotEqualTo(all[0]);
  }

  /** Query and support loss of each task. */
  private static double[] losses(ImmutableList<BilevelProblem> tasks, INDArray w) {
    double[] losses = new double[2 * tasks.size()];
    for (int i = 0; i < tasks.size(); i++) {
      losses[2 * i] = tasks.get(i).upper().value(w, w);
      losses[2 * i + 1] = tasks.get(i).lower().value(w, w);
    }
    return losses;
  }

  @Test
  void theMeanSquareOfAWaveIsAsItsDistributionSays() {
    // E amplitude^2 / 2 = (5^3 - 0.1^3) / (3 4.9 2), up to what few periods of z in [-5, 5] leave
    INDArray zero = Sinusoid.weights(1).assign(0);
    double sum = 0;
    for (double loss : losses(new Sinusoid(1000, 1, 30).draw(2, 0), zero)) {
      sum += loss / 2000; // queries and shots
    }
    // E sin^2(z - phase) over both is 1/2: the mean of cos 2 (z - phase) over phase in [0, pi] is 0
    assertThat(sum).isCloseTo((125 - 0.001) / (3 * 4.9 * 2), offset(0.25));
  }

  @Test
  void everyLearnerLearnsToLearn() {
    FewShot few = new FewShot(3, 30, 3, 10);
    FewShot untrained = new FewShot(3, 0, 3, 10);
    for (Learner learner :
        new Learner[] {
          Learner.maml(),
          Learner.firstOrderMaml(),
          Learner.reptile(),
          Learner.imaml(),
          Learner.metaSgd()
        }) {
      Result before = untrained.run(learner);
      Result after = few.run(learner);
      assertThat(after.method()).isEqualTo(learner.name());
      assertThat(after.skipped()).isZero();
      assertThat(after.rows()).hasSize(15);
      assertThat(loss(after, 10, 1)).as(learner.name()).isLessThan(loss(before, 10, 1));
    }
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    FewShot few = new FewShot(4, 4, 2, 3);
    assertThat(few.run(Learner.maml())).isEqualTo(few.run(Learner.maml()));
    assertThat(few.run(Learner.maml())).isNotEqualTo(new FewShot(5, 4, 2, 3).run(Learner.maml()));
  }

  @Test
  void imamlHandsTheProximalProblemToItsHypergradient() {
    Hypergradient identity = // q = grad F / lambda, C = -lambda I: grad F again, where f is flat
        new Hypergradient() {
          @Override
          public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
            INDArray y = lower.last().y();
            Gradient outer = problem.upper().gradient(x, y, Partial.Y);
            INDArray p = outer.dy().div(-10);
            INDArray h = problem.lower().along(x, y, null, p, Partial.X).dx().dup();
            return new Estimate(outer.value(), h, null, Outcome.DONE, Double.NaN, true, Work.NONE);
          }
        };
    Result before = new FewShot(3, 0, 3, 10).run(Learner.imaml(identity));
    Result after = new FewShot(3, 30, 3, 10).run(Learner.imaml(identity));
    assertThat(loss(after, 10, 10)).isLessThan(loss(before, 10, 10));
  }

  @Test
  void stepsThatFailAreCounted() {
    Hypergradient failing =
        new Hypergradient() {
          @Override
          public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
            return new Estimate(
                0, x, null, Outcome.NOT_POSITIVE_DEFINITE, Double.NaN, true, Work.NONE);
          }
        };
    Result failed = new FewShot(3, 7, 2, 3).run(Learner.imaml(failing));
    assertThat(failed.skipped()).isEqualTo(7);
    assertThat(failed.rows()).isEqualTo(new FewShot(3, 0, 2, 3).run(Learner.imaml(failing)).rows());
  }

  @Test
  void tasksThatDivergeAreCountedAndNotAveraged() {
    Learner wild = Learner.metaSgd(1.0); // a hundred times the published rate
    Result result = new FewShot(3, 0, 1, 5).run(wild);
    for (Row row : result.rows()) {
      assertThat(Double.isNaN(row.loss())).isEqualTo(row.diverged() > 3);
    }
    assertThat(result.rows().get(0).diverged()).isZero();
    assertThat(result.rows().get(4).diverged()).isEqualTo(5);
  }

  @Test
  void badSizesAreRefused() {
    assertThatThrownBy(() -> new FewShot(1, -1, 1, 2))
        .hasMessage("metaSteps is -1, expected at least 0");
    assertThatThrownBy(() -> new FewShot(1, 1, 1, 1))
        .hasMessage("testTasks is 1, expected at least 2");
    assertThatThrownBy(() -> new Sinusoid(1, 0, 1)).hasMessage("shots is 0, expected at least 1");
  }

  private static double loss(Result result, int shots, int steps) {
    for (Row row : result.rows()) {
      if (row.shots() == shots && row.steps() == steps) {
        return row.loss();
      }
    }
    throw new AssertionError("no row for " + shots + " shots and " + steps + " steps");
  }
}
