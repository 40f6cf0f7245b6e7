package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
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
  void floatGoesTheSameWay() {
    double[][] ends = new double[2][];
    for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      OnlineForward online = new OnlineForward(new HeavyBall(0.2, 0.5, 0.01), new Adam(0.01));
      SolverState state =
          online.start(
              Nd4j.createFromArray(0.3, -0.7, 0.5).castTo(type),
              Nd4j.createFromArray(0.4, -0.9).castTo(type));
      for (int k = 0; k < 10; k++) {
        assertThat(online.step(Waves.problem(), state).isUsable()).isTrue();
      }
      ends[type == DataType.DOUBLE ? 0 : 1] = state.x().toDoubleVector();
    }
    for (int i = 0; i < 3; i++) {
      assertThat(ends[1][i]).isCloseTo(ends[0][i], offset(1e-5));
    }
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
  void aCopyGoesOnToTheSameBits() {
    Dynamics adam = new AdamDescent(0.1);
    OnlineForward online = new OnlineForward(adam, new Adam(0.05));
    SolverState state = online.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.1, 0.2));
    for (int k = 0; k < 5; k++) {
      online.step(Ridge.problem(), state);
    }
    SolverState copy = state.copy();
    OnlineForward other = new OnlineForward(new AdamDescent(0.1), new Adam(0.05));
    for (int k = 0; k < 5; k++) {
      online.step(Ridge.problem(), state);
      other.step(Ridge.problem(), copy);
    }
    assertThat(copy.x().toDoubleVector()).containsExactly(state.x().toDoubleVector());
    assertThat(copy.y().toDoubleVector()).containsExactly(state.y().toDoubleVector());
    assertThat(copy.vector("y.memory.2").getDouble(0)).isEqualTo(10); // Adam's count
  }

  @Test
  void aStepThatDivergesChangesNothing() {
    OnlineForward online = new OnlineForward(HeavyBall.gradientDescent(1e200), new Sgd(1.0));
    SolverState state = online.start(Nd4j.createFromArray(0.25), Nd4j.createFromArray(1.0, 2.0));
    SolverState before = state.copy();
    boolean failed = false;
    for (int k = 0; k < 5 && !failed; k++) {
      before = state.copy();
      failed = online.step(Ridge.problem(), state).outcome() == Outcome.NOT_FINITE;
    }
    assertThat(failed).isTrue();
    for (String name : before.vectors().keySet()) {
      assertThat(state.vector(name).ravel().toDoubleVector())
          .containsExactly(before.vector(name).ravel().toDoubleVector());
    }
    assertThat(state.steps()).isEqualTo(before.steps());
  }

  @Test
  void itCostsTwoGradientsAndAProductAnEntry() {
    OnlineForward online = new OnlineForward(HeavyBall.gradientDescent(0.3), new Sgd(0.1));
    SolverState state =
        online.start(Nd4j.createFromArray(0.3, -0.7, 0.5), Nd4j.createFromArray(0.4, -0.9));
    assertThat(online.step(Waves.problem(), state).work()).isEqualTo(new Work(0, 2, 3));
  }
}
