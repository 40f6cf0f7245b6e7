package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** The ridge problem as SameDiff graphs against the same problem in closed form. */
class SameDiffObjectiveTest {
  private static final INDArray X = Nd4j.createFromArray(0.3);
  private static final INDArray Y = Nd4j.createFromArray(0.7, -1.2);
  private static final double[][] ROWS = {{1, 0}, {0, 2}, {1, 1}, {2, -1}};
  private static final double[][] B = {{1}, {2}, {0}, {1}};
  private static final ImmutableList<String> NONE = ImmutableList.of();

  /** f of the ridge problem; y is two variables of one weight each. */
  private static SameDiffObjective lower() {
    SameDiff graph = SameDiff.create();
    SDVariable rows = graph.placeHolder("rows", DataType.DOUBLE, -1, 2);
    SDVariable b = graph.placeHolder("b", DataType.DOUBLE, -1, 1);
    SDVariable x = graph.var("x", Nd4j.scalar(0.0));
    SDVariable first = graph.var("first", Nd4j.zeros(DataType.DOUBLE, 1, 1));
    SDVariable second = graph.var("second", Nd4j.zeros(DataType.DOUBLE, 1, 1));
    SDVariable y = graph.concat(0, first, second);
    SDVariable residual = rows.mmul(y).sub(b);
    SDVariable fit = residual.mul(residual).sum().mul(1.0 / 8);
    SDVariable penalty = graph.math().exp(x).mul(y.mul(y).sum()).mul(0.5);
    fit.add(penalty).rename("loss");
    return new SameDiffObjective(
            graph, "loss", ImmutableList.of("x"), ImmutableList.of("first", "second"))
        .batch(Map.of("rows", Nd4j.createFromArray(ROWS), "b", Nd4j.createFromArray(B)));
  }

  /** F of the ridge problem, which does not read x. */
  private static SameDiffObjective upper() {
    SameDiff graph = SameDiff.create();
    SDVariable rows = graph.constant(Nd4j.createFromArray(new double[][] {{1, 1}, {0, 1}, {2, 0}}));
    SDVariable b = graph.constant(Nd4j.createFromArray(new double[][] {{1}, {1}, {0.5}}));
    SDVariable y = graph.var("y", Nd4j.zeros(DataType.DOUBLE, 2, 1));
    SDVariable residual = rows.mmul(y).sub(b);
    residual.mul(residual).sum().mul(1.0 / 6).rename("loss");
    return new SameDiffObjective(graph, "loss", NONE, ImmutableList.of("y"));
  }

  @Test
  void valueAndGradientAreThoseOfTheClosedForm() {
    BilevelProblem ridge = io.github.oche.bilevel.problems.Ridge.problem();
    Objective[][] pairs = {{lower(), ridge.lower()}, {upper(), ridge.upper()}};
    for (Objective[] pair : pairs) {
      for (double shift : new double[] {0, 0.5}) { // a second point: nothing is left of the first
        INDArray x = X.add(shift);
        INDArray y = Y.sub(shift);
        assertThat(pair[0].value(x, y)).isCloseTo(pair[1].value(x, y), offset(1e-12));
        for (Partial wanted : Partial.values()) {
          Gradient expected = pair[1].gradient(x, y, wanted);
          Gradient actual = pair[0].gradient(x, y, wanted);
          assertThat(actual.value()).isCloseTo(expected.value(), offset(1e-12));
          assertThat(actual.isExact()).isTrue();
          if (wanted.wantsX()) {
            assertThat(actual.dx().toDoubleVector())
                .containsExactly(expected.dx().toDoubleVector(), offset(1e-12));
          }
          if (wanted.wantsY()) {
            assertThat(actual.dy().toDoubleVector())
                .containsExactly(expected.dy().toDoubleVector(), offset(1e-12));
          }
        }
      }
    }
  }

  @Test
  void productIsACentralDifferenceAndSaysSo() {
    INDArray dx = Nd4j.createFromArray(-0.4);
    INDArray dy = Nd4j.createFromArray(1.5, 2);
    Gradient expected =
        io.github.oche.bilevel.problems.Ridge.problem().lower().along(X, Y, dx, dy, Partial.BOTH);
    Gradient actual = lower().along(X, Y, dx, dy, Partial.BOTH);
    assertThat(actual.isExact()).isFalse();
    assertThat(actual.dx().toDoubleVector())
        .containsExactly(expected.dx().toDoubleVector(), offset(1e-8));
    assertThat(actual.dy().toDoubleVector())
        .containsExactly(expected.dy().toDoubleVector(), offset(1e-8));
  }

  @Test
  void aSolverFollowsTheSameTrajectory() {
    NestedSolver solver =
        new NestedSolver(
            HeavyBall.gradientDescent(0.4), 20, Start.COLD, ReverseMode.full(), new Sgd(1.0));
    BilevelProblem problem = new BilevelProblem(upper(), lower());
    SolverState state = solver.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.0, 0.0));
    for (int k = 0; k < 2; k++) {
      assertThat(solver.step(problem, state).isUsable()).isTrue();
    }
    assertThat(state.x().getDouble(0)).isCloseTo(-0.095243399471, offset(1e-7));
  }

  @Test
  void theBatchIsWhatThePlaceholdersHold() {
    SameDiffObjective f = lower();
    double before = f.value(X, Y);
    f.batch(Map.of("rows", Nd4j.createFromArray(ROWS), "b", Nd4j.zeros(DataType.DOUBLE, 4, 1)));
    assertThat(f.value(X, Y)).isNotCloseTo(before, offset(0.01));
  }

  @Test
  void overflowIsAValueThatIsNotFinite() {
    assertThat(lower().value(Nd4j.createFromArray(1e6), Y)).isInfinite();
  }

  @Test
  void unknownNamesAndWrongSizesAreNamed() {
    SameDiff graph = SameDiff.create();
    SDVariable w = graph.var("w", Nd4j.zeros(DataType.DOUBLE, 3));
    graph.constant("c", Nd4j.ones(DataType.DOUBLE, 3));
    w.mul(w).rename("squares").sum().rename("loss");
    ImmutableList<String> known = ImmutableList.of("w");
    assertThatThrownBy(() -> new SameDiffObjective(graph, "cost", NONE, known))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the graph has no loss \"cost\"; it has [");
    assertThatThrownBy(() -> new SameDiffObjective(graph, "loss", NONE, ImmutableList.of("v")))
        .hasMessageStartingWith("the graph has no variable \"v\" for y; it has [");
    assertThatThrownBy(() -> new SameDiffObjective(graph, "loss", NONE, ImmutableList.of("c")))
        .hasMessage("\"c\" is of type CONSTANT, expected a trainable variable for y");
    assertThatThrownBy(() -> new SameDiffObjective(graph, "loss", known, known))
        .hasMessage("a variable occurs twice among [w, w]");
    SameDiffObjective f = new SameDiffObjective(graph, "loss", NONE, known);
    assertThatThrownBy(() -> f.value(X, Y))
        .hasMessage("y has 2 entries, expected 3 for the variables [w]");
    assertThatThrownBy(() -> f.batch(Map.of("rows", X)))
        .hasMessage("the graph has no placeholder \"rows\"; it has []");
    assertThatThrownBy(() -> new SameDiffObjective(graph, "w", NONE, known))
        .hasMessage("the loss \"w\" is of type VARIABLE, expected the result of an operation");
    SameDiffObjective vector = new SameDiffObjective(graph, "squares", NONE, known);
    assertThatThrownBy(() -> vector.value(X, Nd4j.createFromArray(1.0, 2, 3)))
        .hasMessageStartingWith("the loss \"squares\" is [")
        .hasMessageEndingWith("expected a scalar");
  }
}
