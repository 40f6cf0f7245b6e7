package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.Ridge;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What only the nested scheme does; {@link SolverContractTest} has the rest. */
class NestedSolverTest {
  @Test
  void aStateThatRemembersNothingStartsWithoutMomentumAndGainsIt() {
    HeavyBall step = new HeavyBall(0.1, 0.9, 0);
    Trajectory bare = Trajectory.keeping(step, 3, 0);
    Trajectory whole = Trajectory.keeping(step, 3, 0);
    INDArray y = vector(1, 2);
    bare.run(Ridge.problem(), vector(0), State.atRest(y));
    whole.run(Ridge.problem(), vector(0), step.start(y));
    assertThat(bare.last().y().toDoubleVector()).containsExactly(whole.last().y().toDoubleVector());
  }

  @Test
  void xStaysInItsBox() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.1), 3, Start.WARM, ReverseMode.full(), new Sgd(1e6));
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    solver.step(CounterExample.problem(), state);
    assertThat(Math.abs(state.x().getDouble(0))).isEqualTo(100);
  }

  @Test
  void startsThatAreNotFiniteAreRefused() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.4), 1, Start.WARM, ReverseMode.full(), new Sgd(1));
    assertThatThrownBy(() -> solver.start(vector(Double.NaN), vector(0, 0)))
        .hasMessage("the start of x has an entry that is not finite");
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
