package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Vectors;
import io.github.oche.bilevel.meta.LearnedRates;
import io.github.oche.bilevel.meta.PreconditionedDescent;
import io.github.oche.bilevel.meta.UnitMask;
import io.github.oche.bilevel.meta.WarpLayers;
import io.github.oche.bilevel.problems.CounterExample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every lower step owes: its derivatives are those of the step it makes. */
class DynamicsContractTest {
  private static final BilevelProblem PROBLEM = Waves.problem();
  private static final int STEP = 2; // t, which only a schedule sees
  private static final ImmutableList<DenseLayer> LINE = ImmutableList.of(new DenseLayer(1, 1));

  static List<Arguments> dynamics() {
    HeavyBall descent = HeavyBall.gradientDescent(0.3);
    return List.of(
        Arguments.of("descent", descent),
        Arguments.of("decay", new HeavyBall(0.3, 0, 0.2)),
        Arguments.of("momentum", new HeavyBall(0.3, 0.9, 0)),
        Arguments.of("momentum and decay", new HeavyBall(0.3, 0.9, 0.2)),
        Arguments.of("Adam", new AdamDescent(0.1, 0.8, 0.95, 1e-3)),
        Arguments.of("Adam without memory", new AdamDescent(0.1, 0, 0, 0.5)),
        Arguments.of("aggregated", new Aggregated(0.2, 0.3, Mixing.constant(0.4))),
        Arguments.of("aggregated harmonic", new Aggregated(0.2, 0.3, Mixing.harmonic(0.5))),
        Arguments.of("aggregated geometric", new Aggregated(0.2, 0.3, Mixing.geometric(0.5, 0.9))),
        Arguments.of("upper alone", new Aggregated(0.2, 0.3, Mixing.constant(1))),
        Arguments.of("lower alone", new Aggregated(0.2, 0.3, Mixing.constant(0))),
        Arguments.of("box, one entry held", new Projected(descent, Projection.box(-0.1, 5))),
        Arguments.of("box around", new Projected(descent, Projection.box(-9, 9))),
        Arguments.of(
            "box of momentum", new Projected(new HeavyBall(0.3, 0.9, 0), Projection.box(-0.1, 5))),
        Arguments.of("proximal", new Projected(descent, Projection.softThreshold(0.2))),
        Arguments.of(
            "proximal Adam", new Projected(new AdamDescent(0.1), Projection.softThreshold(0.2))),
        Arguments.of("learned rates", new PreconditionedDescent(0.3, new LearnedRates(1))),
        Arguments.of("mask", new PreconditionedDescent(0.3, new UnitMask(LINE, 1))),
        Arguments.of("warp", new PreconditionedDescent(0.3, new WarpLayers(LINE, 1))));
  }

  @Test
  void everyStepIsHere() throws IOException {
    Claimants.assertAllTested(Dynamics.class, dynamics().stream().map(a -> a.get()[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void pushforwardIsTheDerivativeOfTheStep(String name, Dynamics phi) {
    INDArray x = x(DataType.DOUBLE);
    State at = at(phi, DataType.DOUBLE);
    INDArray dx = vector(0.4, -0.3, 0.6);
    State z = tangent(at, 0.7);
    State pushed = z.copy();
    phi.pushforward(PROBLEM, x, STEP, at, pushed, dx);
    assertClose(numbers(pushed), difference(phi, x, at, dx, z));

    State alone = z.copy();
    phi.pushforward(PROBLEM, x, STEP, at, alone, null);
    assertClose(numbers(alone), difference(phi, x, at, vector(0, 0, 0), z));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void pullbackIsTheTransposedDerivativeOfTheStep(String name, Dynamics phi) {
    INDArray x = x(DataType.DOUBLE);
    State at = at(phi, DataType.DOUBLE);
    State p = tangent(at, 0.3);
    State pulled = p.copy();
    INDArray toX = vector(10, 20, 30); // it is added to, not set
    phi.pullback(PROBLEM, x, STEP, at, pulled, toX);

    State none = at.copy().clear();
    for (int i = 0; i < 3; i++) {
      INDArray dx = vector(0, 0, 0).putScalar(i, 1);
      double expected = dot(numbers(p), difference(phi, x, at, dx, none));
      assertThat(toX.getDouble(i) - 10 * (i + 1)).isCloseTo(expected, offset(1e-8));
    }
    for (INDArray of : vectors(none)) {
      for (int i = 0; of.length() > 1 && i < of.length(); i++) { // one entry: Adam's count
        of.putScalar(i, 1);
        double expected = dot(numbers(p), difference(phi, x, at, vector(0, 0, 0), none));
        assertThat(dot(numbers(pulled), numbers(none))).isCloseTo(expected, offset(1e-8));
        of.putScalar(i, 0);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void pullbackAndPushforwardAreTransposed(String name, Dynamics phi) {
    INDArray x = x(DataType.DOUBLE);
    State at = at(phi, DataType.DOUBLE);
    INDArray dx = vector(0.4, -0.3, 0.6);
    State z = tangent(at, 0.7);
    State p = tangent(at, 0.3);
    State jz = z.copy();
    phi.pushforward(PROBLEM, x, STEP, at, jz, dx);
    State jp = p.copy();
    INDArray toX = vector(0, 0, 0);
    phi.pullback(PROBLEM, x, STEP, at, jp, toX);
    double right = dot(numbers(jp), numbers(z)) + Vectors.dot(toX, dx);
    assertThat(dot(numbers(p), numbers(jz))).isCloseTo(right, offset(1e-13));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void argumentsStayBitForBit(String name, Dynamics phi) {
    INDArray x = x(DataType.DOUBLE);
    INDArray dx = vector(0.4, -0.3, 0.6);
    State at = at(phi, DataType.DOUBLE);
    State before = at.copy();
    INDArray y = vector(0.1, 0.2);
    State started = phi.start(y);
    started.y().addi(1);
    phi.step(PROBLEM, x, STEP, at, at.copy());
    phi.pullback(PROBLEM, x, STEP, at, tangent(at, 0.3), vector(0, 0, 0));
    phi.pushforward(PROBLEM, x, STEP, at, tangent(at, 0.7), dx);
    assertThat(numbers(at)).containsExactly(numbers(before));
    assertThat(x.toDoubleVector()).containsExactly(x(DataType.DOUBLE).toDoubleVector());
    assertThat(dx.toDoubleVector()).containsExactly(0.4, -0.3, 0.6);
    assertThat(y.toDoubleVector()).containsExactly(0.1, 0.2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void floatArraysGiveTheSameNumbersAsFarAsTheyGo(String name, Dynamics phi) {
    List<double[]> wide = everything(phi, DataType.DOUBLE);
    List<double[]> narrow = everything(phi, DataType.FLOAT);
    for (int i = 0; i < wide.size(); i++) {
      for (int j = 0; j < wide.get(i).length; j++) {
        assertThat(narrow.get(i)[j]).isCloseTo(wide.get(i)[j], offset(2e-5));
      }
    }
  }

  private static List<double[]> everything(Dynamics phi, DataType type) {
    INDArray x = x(type);
    State at = at(phi, type);
    State to = at.copy();
    State p = tangent(at, 0.3);
    State z = tangent(at, 0.7);
    INDArray toX = vector(0, 0, 0).castTo(type);
    double value = phi.step(PROBLEM, x, STEP, at, to);
    phi.pullback(PROBLEM, x, STEP, at, p, toX);
    phi.pushforward(PROBLEM, x, STEP, at, z, vector(0.4, -0.3, 0.6).castTo(type));
    assertThat(to.y().dataType()).isEqualTo(type);
    return List.of(new double[] {value}, numbers(to), numbers(p), numbers(z), toX.toDoubleVector());
  }

  @Test
  void adamMakesThePublishedStepsByHand() {
    AdamDescent adam = new AdamDescent(0.1, 0.9, 0.999, 1e-8);
    Closed f = // gradient by y is 2, then 2 again
        new Closed((x, y) -> 2 * y[0], (x, y) -> new double[1], (x, y) -> new double[] {2}, null);
    BilevelProblem problem = new BilevelProblem(f, f);
    State at = adam.start(vector(1));
    State to = at.copy();
    adam.step(problem, vector(0), 0, at, to);
    assertThat(to.y().getDouble(0)).isCloseTo(1 - 0.1 * 2 / (2 + 1e-8), offset(1e-15));
    assertThat(numbers(to)[1]).isCloseTo(0.2, offset(1e-15));
    assertThat(numbers(to)[2]).isCloseTo(0.004, offset(1e-15));
    assertThat(numbers(to)[3]).isEqualTo(1);
    adam.step(problem, vector(0), 0, to, at); // t says nothing, the memory counts
    assertThat(at.y().getDouble(0)).isCloseTo(1 - 2 * 0.1 * 2 / (2 + 1e-8), offset(1e-14));
    assertThat(numbers(at)[1]).isCloseTo(0.38, offset(1e-15));
    assertThat(numbers(at)[3]).isEqualTo(2);
  }

  @Test
  void adamAtAZeroGradientHasTheDerivativeOfASmallStep() { // y2 of the counter-example
    AdamDescent adam = new AdamDescent(0.1, 0.9, 0.999, 0.5);
    State at = adam.start(vector(0.2, 0.2));
    State p = at.copy().clear();
    p.y().assign(1);
    INDArray toX = vector(0);
    adam.pullback(CounterExample.problem(), vector(0.7), 0, at, p, toX);
    // d/dg of g / (|g| + 1/2) at g = -0.5 is 1/2; f has no second derivative by y2
    assertThat(numbers(p)[0]).isCloseTo(1 - 0.1 * 0.5, offset(1e-14));
    assertThat(numbers(p)[1]).isEqualTo(1);
    assertThat(toX.getDouble(0)).isCloseTo(0.1 * 0.5, offset(1e-14));
    p.clear().y().assign(1);
    adam.pullback(CounterExample.problem(), vector(0.2), 0, at, p, toX); // now g = 0
    assertThat(toX.getDouble(0)).isCloseTo(0.05 + 0.1 / 0.5, offset(1e-14));
  }

  @Test
  void aggregationWeighsTheUpperObjectiveWithAlpha() { // not the other way round
    Aggregated phi = new Aggregated(0.2, 0.1, Mixing.constant(0.25));
    State to = State.atRest(vector(0, 0));
    double value = phi.step(CounterExample.problem(), vector(3), 0, State.atRest(vector(2, 1)), to);
    // grad_y F = (1, -2), grad_y f = (-1, 0)
    assertThat(to.y().getDouble(0)).isCloseTo(2 - 0.25 * 0.2 + 0.75 * 0.1, offset(1e-15));
    assertThat(to.y().getDouble(1)).isCloseTo(1 + 0.25 * 0.2 * 2, offset(1e-15));
    assertThat(value).isCloseTo(0.25 * 2.5 + 0.75 * -4, offset(1e-15));
  }

  @Test
  void mixingSchedules() {
    assertThat(Mixing.constant(0.5).at(9)).isEqualTo(0.5);
    assertThat(Mixing.harmonic(0.5).at(0)).isEqualTo(0.5);
    assertThat(Mixing.harmonic(0.5).at(4)).isEqualTo(0.1);
    assertThat(Mixing.geometric(0.5, 0.5).at(3)).isEqualTo(0.0625);
  }

  @Test
  void softThresholdShrinksAndStopsAtZero() {
    Projection prox = Projection.softThreshold(0.5);
    INDArray v = vector(-2, -0.5, -0.25, 0, 0.25, 0.5, 0.75, Double.NaN);
    INDArray tangent = vector(1, 2, 3, 4, 5, 6, 7, 8);
    prox.differentiate(v, tangent);
    prox.project(v);
    assertThat(v.toDoubleVector()).containsExactly(-1.5, 0, 0, 0, 0, 0, 0.25, Double.NaN);
    assertThat(tangent.toDoubleVector()).startsWith(1, 0, 0, 0, 0, 0, 7);
  }

  @Test
  void proximalGradientSolvesTheLasso() { // min (y - b)^2 / 2 + |y|: b shrunk by 1
    Closed f =
        new Closed(
            (x, y) -> 0,
            (x, y) -> new double[1],
            (x, y) -> new double[] {y[0] - 3, y[1] - 0.5},
            null);
    Trajectory steps =
        Trajectory.keeping(
            new Projected(HeavyBall.gradientDescent(0.25), Projection.softThreshold(0.25)), 200, 0);
    steps.run(new BilevelProblem(f, f), vector(0), State.atRest(vector(0, 0)));
    assertThat(steps.last().y().getDouble(0)).isCloseTo(2, offset(1e-12));
    assertThat(steps.last().y().getDouble(1)).isZero();
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> new AdamDescent(-0.1))
        .hasMessage("rate is -0.1, expected a finite number >= 0");
    assertThatThrownBy(() -> new AdamDescent(0.1, 1, 0.9, 1e-8))
        .hasMessage("beta1 is 1.0, expected a number in [0, 1)");
    assertThatThrownBy(() -> new AdamDescent(0.1, 0.9, -1, 1e-8))
        .hasMessage("beta2 is -1.0, expected a number in [0, 1)");
    assertThatThrownBy(() -> new AdamDescent(0.1, 0.9, 0.9, 0))
        .hasMessage("epsilon is 0.0, expected a positive number");
    assertThatThrownBy(() -> new Aggregated(Double.NaN, 0.1, Mixing.constant(0)))
        .hasMessage("upperRate is NaN, expected a finite number >= 0");
    assertThatThrownBy(() -> Mixing.constant(1.5))
        .hasMessage("alpha is 1.5, expected a number in [0, 1]");
    assertThatThrownBy(() -> Mixing.geometric(0.5, 1))
        .hasMessage("decay is 1.0, expected a number in (0, 1)");
    assertThatThrownBy(() -> Projection.softThreshold(-1))
        .hasMessage("threshold is -1.0, expected a finite number >= 0");
    AdamDescent adam = new AdamDescent(0.1);
    State bare = State.atRest(vector(1, 1));
    assertThatThrownBy(() -> adam.step(PROBLEM, x(DataType.DOUBLE), 0, bare, bare.copy()))
        .hasMessageContaining("remembers three vectors, not 0");
  }

  private static INDArray x(DataType type) {
    return vector(0.3, -0.7, 0.5).castTo(type);
  }

  /** A state in the middle of a solve. */
  private static State at(Dynamics phi, DataType type) {
    State at = phi.start(vector(0.4, -0.9).castTo(type));
    for (int i = 0; i < at.memory().size(); i++) {
      INDArray vector = at.memory().get(i);
      vector.assign(
          vector.length() == 1 ? vector(3) : i == 0 ? vector(0.2, -0.5) : vector(0.6, 0.3));
    }
    return at;
  }

  private static State tangent(State like, double shift) {
    State z = like.copy();
    double next = shift;
    for (INDArray vector : vectors(z)) {
      for (int i = 0; i < vector.length(); i++) {
        next = Math.sin(5 * next + 1);
        vector.putScalar(i, vector.length() == 1 ? 0 : next); // one entry: Adam's count
      }
    }
    return z;
  }

  /** Extrapolated central differences of the step. */
  private static double[] difference(Dynamics phi, INDArray x, State at, INDArray dx, State z) {
    double[] result = new double[numbers(at).length];
    for (int i = 0; i < result.length; i++) {
      int entry = i;
      DoubleUnaryOperator moved =
          r -> {
            ImmutableList.Builder<INDArray> memory = ImmutableList.builder();
            for (int k = 0; k < at.memory().size(); k++) {
              memory.add(at.memory().get(k).add(z.memory().get(k).mul(r)));
            }
            State from = new State(at.y().add(z.y().mul(r)), memory.build());
            State to = at.copy();
            phi.step(PROBLEM, x.add(dx.mul(r)), STEP, from, to);
            return numbers(to)[entry];
          };
      result[i] = Slope.of(moved, 1e-3).value();
    }
    return result;
  }

  private static List<INDArray> vectors(State state) {
    List<INDArray> all = new ArrayList<>(state.memory());
    all.add(0, state.y());
    return all;
  }

  private static double[] numbers(State state) {
    return vectors(state).stream()
        .flatMapToDouble(v -> Arrays.stream(v.toDoubleVector()))
        .toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void assertClose(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], offset(1e-8));
    }
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
