package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The online forms: x moves after every lower step. */
class OnlineForwardTest {
  static List<Dynamics> dynamics() {
    return List.of(
        HeavyBall.gradientDescent(0.3),
        new HeavyBall(0.2, 0.5, 0.01),
        new AdamDescent(0.1, 0.8, 0.95, 1e-3),
        new Aggregated(0.2, 0.3, Mixing.harmonic(0.5)));
  }

  @ParameterizedTest
  @MethodSource("dynamics")
  void whileXRestsItsDirectionIsThatOfForwardMode(Dynamics phi) {
    INDArray x = Nd4j.createFromArray(0.3, -0.7, 0.5);
    INDArray y = Nd4j.createFromArray(0.4, -0.9);
    OnlineForward online = new OnlineForward(phi, new Sgd(0.0));
    SolverState state = online.start(x, y);
    for (int steps = 1; steps <= 5; steps++) {
      Estimate direction = online.step(Waves.problem(), state);
      Trajectory lower = Trajectory.keeping(phi, steps, Hypergradient.ALL);
      lower.run(Waves.problem(), x, phi.start(y));
      Estimate forward = new ForwardMode().estimate(Waves.problem(), x, lower);
      assertThat(direction.gradient().toDoubleVector())
          .containsExactly(forward.gradient().toDoubleVector());
      assertThat(direction.value()).isEqualTo(forward.value());
      assertThat(state.y().toDoubleVector()).containsExactly(lower.last().y().toDoubleVector());
    }
    assertThat(y.toDoubleVector()).containsExactly(0.4, -0.9);
    assertThat(x.toDoubleVector()).containsExactly(0.3, -0.7, 0.5);
  }

  @Test
  void ridgeIsSolvedOnline() {
    OnlineForward online = new OnlineForward(HeavyBall.gradientDescent(0.4), new Sgd(2.0));
    SolverState state = online.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.0, 0.0));
    for (int k = 0; k < 300; k++) {
      online.step(Ridge.problem(), state);
    }
    assertThat(state.x().getDouble(0)).isCloseTo(Ridge.SOLUTION, offset(1e-6));
    assertThat(state.steps()).isEqualTo(300);
  }

  @Test
  void ridgeIsSolvedOnlineInReverse() { // a warm start and a short window
    NestedSolver online =
        new NestedSolver(
            HeavyBall.gradientDescent(0.4), 1, Start.WARM, new ReverseMode(1), new Sgd(2.0));
    SolverState state = online.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.0, 0.0));
    for (int k = 0; k < 300; k++) {
      online.step(Ridge.problem(), state);
    }
    assertThat(state.x().getDouble(0)).isCloseTo(Ridge.SOLUTION, offset(1e-6));
  }

  @Test
  void itCostsTwoGradientsAndAProductAnEntry() {
    OnlineForward online = new OnlineForward(HeavyBall.gradientDescent(0.3), new Sgd(0.1));
    SolverState state =
        online.start(Nd4j.createFromArray(0.3, -0.7, 0.5), Nd4j.createFromArray(0.4, -0.9));
    assertThat(online.step(Waves.problem(), state).work()).isEqualTo(new Work(0, 2, 3));
  }
}
