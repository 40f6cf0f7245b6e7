package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.DartsExample;
import io.github.oche.bilevel.problems.Quadratic;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class ResponseNetworkTest {
  private static final Perturbation NEAR = new Perturbation.Fixed(0.5);

  @Test
  void affineResponseSolvesTheDartsExample() {
    ResponseNetwork solver =
        new ResponseNetwork(new AffineResponse(1, 1), 2, NEAR, new Sgd(0.1), new Sgd(0.1), 3);
    SolverState state = solver.start(vector(2), vector(-2));
    Estimate estimate = run(solver, DartsExample.problem(), state, 1000);
    assertThat(state.x().getDouble(0)).isCloseTo(1, offset(1e-9));
    assertThat(state.y().getDouble(0)).isCloseTo(1, offset(1e-9));
    double[] theta = state.vector(ResponseNetwork.THETA).toDoubleVector();
    assertThat(theta).containsExactly(new double[] {1, 0}, offset(1e-9)); // y*(x) = x
    assertThat(estimate.gradient().getDouble(0)).isCloseTo(0, offset(1e-8));
    assertThat(estimate.work()).isEqualTo(new Work(0, 3, 0));
    assertThat(estimate.exact()).isTrue();
  }

  @Test
  void affineResponseSolvesTheQuadratic() {
    ResponseNetwork solver =
        new ResponseNetwork(new AffineResponse(3, 3), 2, NEAR, new Sgd(0.3), new Sgd(0.2), 4);
    SolverState state = solver.start(vector(2, 2, 2), vector(2, 2, 2));
    run(solver, Quadratic.problem(), state, 600);
    assertThat(state.x().toDoubleVector())
        .containsExactly(new double[] {0.5, 0.5, 0.5}, offset(1e-9));
  }

  @Test
  void gatedResponseSolvesTheQuadratic() {
    ResponseNetwork solver =
        new ResponseNetwork(
            new GatedResponse(2, ImmutableList.of(new DenseLayer(1, 1))),
            2,
            NEAR,
            new Sgd(0.2),
            new Sgd(0.2),
            5);
    SolverState state = solver.start(vector(2, 2), vector(2, 2));
    run(solver, Quadratic.problem(), state, 1000);
    assertThat(state.x().toDoubleVector()).containsExactly(new double[] {0.5, 0.5}, offset(1e-9));
    assertThat(state.y().toDoubleVector()).containsExactly(new double[] {0.5, 0.5}, offset(1e-9));
  }

  @Test
  void withoutSlopeInTheAnswerTheDirectionIsThatOfXAlone() {
    ResponseNetwork solver =
        new ResponseNetwork(new AffineResponse(1, 1), 1, NEAR, new Sgd(0), new Sgd(0.1), 3);
    SolverState state = solver.start(vector(2), vector(-2));
    Estimate estimate = solver.step(DartsExample.problem(), state);
    assertThat(estimate.gradient().getDouble(0)).isEqualTo(-4); // y - 2
  }

  @Test
  void theEntropyBonusHoldsTheLearnedScaleAtItsBalance() {
    // with y* = x: E F = phi(x) + sigma^2 on the example, so sigma^2 = entropy / 2 balances
    ResponseNetwork solver =
        new ResponseNetwork(
            new AffineResponse(1, 1),
            2,
            new Perturbation.Learned(1, 0.08, new Sgd(0.05)),
            new Sgd(0.05),
            new Sgd(0.02),
            6);
    SolverState state = solver.start(vector(2), vector(-2));
    run(solver, DartsExample.problem(), state, 500);
    double sum = 0;
    for (int k = 0; k < 1000; k++) {
      solver.step(DartsExample.problem(), state);
      sum += Math.exp(2 * state.vector(ResponseNetwork.LOG_SCALE).getDouble(0));
    }
    assertThat(sum / 1000).isCloseTo(0.04, offset(0.004));
    assertThat(state.x().getDouble(0)).isCloseTo(1, offset(0.1));
  }

  @Test
  void aCopyGoesOnToTheSameBits() {
    Perturbation[] perturbations = {NEAR, new Perturbation.Learned(0.5, 1e-3, new Adam(0.01))};
    for (Perturbation perturbation : perturbations) {
      SolverState state = gated(perturbation, 7).start(vector(2, 2), vector(2, 2));
      ResponseNetwork first = gated(perturbation, 7);
      run(first, Quadratic.problem(), state, 5);
      SolverState copy = state.copy();
      ResponseNetwork second = gated(perturbation, 7);
      run(first, Quadratic.problem(), state, 5);
      run(second, Quadratic.problem(), copy, 5);
      state
          .vectors()
          .forEach(
              (name, vector) ->
                  assertThat(copy.vector(name).dup().data().asDouble())
                      .as(name)
                      .containsExactly(vector.dup().data().asDouble()));
      SolverState other = gated(perturbation, 8).start(vector(2, 2), vector(2, 2));
      run(gated(perturbation, 8), Quadratic.problem(), other, 10);
      assertThat(other.x().toDoubleVector()).isNotEqualTo(state.x().toDoubleVector());
    }
  }

  @Test
  void aPerturbedXAndItsAnswerStayInTheirBoxes() {
    BilevelProblem plain = DartsExample.problem();
    Objective watched =
        new Objective() {
          @Override
          public double value(INDArray x, INDArray y) {
            return plain.lower().value(x, y);
          }

          @Override
          public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
            assertThat(x.getDouble(0)).isBetween(1.9, 2.1);
            assertThat(y.getDouble(0)).isBetween(-1.0, 3.0);
            return plain.lower().gradient(x, y, wanted);
          }
        };
    BilevelProblem boxed =
        new BilevelProblem(plain.upper(), watched, Projection.box(1.9, 2.1), Projection.box(-1, 3));
    ResponseNetwork solver =
        new ResponseNetwork(new AffineResponse(1, 1), 2, NEAR, new Sgd(0.1), new Sgd(0.05), 3);
    SolverState state = solver.start(vector(2), vector(-0.5));
    run(solver, boxed, state, 300);
    assertThat(state.x().getDouble(0)).isEqualTo(1.9);
    assertThat(state.y().getDouble(0)).isCloseTo(1.9, offset(1e-3));
  }

  @Test
  void aModelThatDivergesMovesNothing() {
    ResponseNetwork solver =
        new ResponseNetwork(new AffineResponse(1, 1), 2, NEAR, new Sgd(1e300), new Sgd(0.05), 3);
    SolverState state = solver.start(vector(2), vector(-2));
    Estimate estimate = solver.step(DartsExample.problem(), state);
    assertThat(estimate.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(state.vector(ResponseNetwork.THETA).toDoubleVector()).containsExactly(0, -2);
    assertThat(state.x().toDoubleVector()).containsExactly(2);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> new Perturbation.Fixed(0))
        .hasMessage("scale is 0.0, expected a positive number");
    assertThatThrownBy(() -> new Perturbation.Learned(1, Double.NaN, new Sgd(1)))
        .hasMessage("entropy is NaN, expected a positive number");
    assertThatThrownBy(
            () -> new ResponseNetwork(new AffineResponse(1, 1), 0, NEAR, new Sgd(1), new Sgd(1), 1))
        .hasMessage("responseSteps is 0, expected at least 1");
    assertThatThrownBy(() -> gated(NEAR, 1).start(vector(1), vector(1, 1)))
        .hasMessage("x and y have 1 and 2 entries, expected 2 and 2 as the response has");
  }

  private static ResponseNetwork gated(Perturbation perturbation, long seed) {
    return new ResponseNetwork(
        new GatedResponse(2, ImmutableList.of(new DenseLayer(1, 1))),
        2,
        perturbation,
        new Adam(0.01),
        new Adam(0.02),
        seed);
  }

  private static Estimate run(
      ResponseNetwork solver, BilevelProblem problem, SolverState state, int steps) {
    Estimate estimate = solver.step(problem, state);
    for (int k = 1; k < steps; k++) {
      estimate = solver.step(problem, state);
    }
    assertThat(estimate.isUsable()).isTrue();
    return estimate;
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
