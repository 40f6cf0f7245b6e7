package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.DenseSolver;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.NormalConjugateGradient;
import io.github.oche.bilevel.linear.Nystrom;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.meta.EveryStep;
import io.github.oche.bilevel.meta.FirstOrder;
import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.DartsExample;
import io.github.oche.bilevel.problems.HyperCleaningExample;
import io.github.oche.bilevel.problems.Quadratic;
import io.github.oche.bilevel.problems.Ridge;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** What every hypergradient owes, and what the unrolling ones owe to each other. */
class HypergradientContractTest {
  private static final HeavyBall MOMENTUM = new HeavyBall(0.2, 0.5, 0.01);
  private static final int T = 6;

  /** All estimators: add others here. */
  static List<Arguments> estimators() {
    return List.of(
        Arguments.of("reverse", ReverseMode.full()),
        Arguments.of("window", new ReverseMode(2)),
        Arguments.of("worst", new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER)),
        Arguments.of("forward", new ForwardMode()),
        Arguments.of("strategy", new EvolutionStrategy(4, 0.1, false, 7)),
        Arguments.of("antithetic", new EvolutionStrategy(4, 0.1, true, 7)),
        Arguments.of("first order", OneStage.firstOrder()),
        Arguments.of("one stage", new OneStage(MOMENTUM, OneStage.Product.EXACT)),
        Arguments.of("published", new OneStage(MOMENTUM, OneStage.Product.FINITE_DIFFERENCE)),
        Arguments.of("lookahead", new Lookahead(MOMENTUM, 2, ReverseMode.full())),
        Arguments.of("CG", new ImplicitGradient(new ConjugateGradient(5, 1e-6))),
        Arguments.of("CG on A'A", new ImplicitGradient(new NormalConjugateGradient(5, 1e-6))),
        Arguments.of("Neumann", new ImplicitGradient(new NeumannSeries(3, 0.1))),
        Arguments.of("T1-T2", new ImplicitGradient(new Identity())),
        Arguments.of("Nystrom", new ImplicitGradient(new Nystrom(2, 0.1, 1))),
        Arguments.of("dense", new ImplicitGradient(new DenseSolver())),
        Arguments.of("fixed point", new FixedPoint(MOMENTUM, 3, 0)),
        Arguments.of("rank one", new RankOne(1e-6)),
        Arguments.of("first-order MAML", new FirstOrder()),
        Arguments.of("WarpGrad", new EveryStep(MOMENTUM)));
  }

  @Test
  void everyEstimatorIsHere() throws IOException {
    Claimants.assertAllTested(Hypergradient.class, estimators().stream().map(a -> a.get()[1]));
  }

  /** Those that are the derivative of the unrolled objective. */
  private static List<Hypergradient> unrolled() {
    return List.of(ReverseMode.full(), new ReverseMode(T), new ForwardMode());
  }

  static List<Arguments> dynamics() {
    return List.of(
        Arguments.of("descent", HeavyBall.gradientDescent(0.3)),
        Arguments.of("momentum", MOMENTUM),
        Arguments.of("Adam", new AdamDescent(0.1, 0.8, 0.95, 1e-3)),
        Arguments.of("aggregated", new Aggregated(0.2, 0.3, Mixing.harmonic(0.5))),
        Arguments.of(
            "proximal",
            new Projected(HeavyBall.gradientDescent(0.3), Projection.softThreshold(0.02))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("estimators")
  void nothingThatIsGivenChangesByABit(String name, Hypergradient h) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = vector(0.3, -0.7, 0.5).castTo(type);
      double[] xBefore = x.toDoubleVector();
      State start = MOMENTUM.start(vector(0.4, -0.9).castTo(type));
      Trajectory lower = Trajectory.keeping(MOMENTUM, T, Hypergradient.ALL);
      lower.run(Waves.problem(), x, start);
      List<double[]> before = states(lower);
      Estimate estimate = h.estimate(Waves.problem(), x, lower);
      assertThat(estimate.isUsable()).isTrue();
      assertThat(estimate.gradient().dataType()).isEqualTo(type);
      List<double[]> after = states(lower);
      assertThat(x.toDoubleVector()).containsExactly(xBefore);
      for (int t = 0; t < before.size(); t++) {
        assertThat(after.get(t)).containsExactly(before.get(t));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("estimators")
  void sameArgumentsGiveTheSameBitsFromNoMoreThanTheWindow(String name, Hypergradient h) {
    INDArray x = vector(0.3, -0.7, 0.5);
    Trajectory all = run(MOMENTUM, T, Hypergradient.ALL, Waves.problem(), x);
    Estimate estimate = h.estimate(Waves.problem(), x, all);
    INDArray array = estimate.gradient();
    double[] first = array.toDoubleVector();
    Trajectory kept = run(MOMENTUM, T, h.window(), Waves.problem(), x);
    INDArray second = h.estimate(Waves.problem(), x, kept).gradient();
    assertThat(second).isSameAs(array);
    assertThat(second.toDoubleVector()).containsExactly(first);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("estimators")
  void aBatchThatIsNotANumberIsFlagged(String name, Hypergradient h) {
    INDArray x = vector(0.3, -0.7, 0.5);
    BilevelProblem sound = Waves.problem();
    Trajectory lower = run(MOMENTUM, T, Hypergradient.ALL, sound, x);
    Closed broken =
        new Closed(
            (u, l) -> Double.NaN,
            (u, l) -> new double[] {0, Double.NaN, 0},
            (u, l) -> new double[] {0, Double.NaN},
            (u, l, du, dl) -> new double[][] {{0, Double.NaN, 0}, {0, Double.NaN}});
    BilevelProblem badUpper = new BilevelProblem(broken, sound.lower());
    Estimate flagged = h.estimate(badUpper, x, lower);
    assertThat(flagged.outcome()).isEqualTo(Outcome.NOT_FINITE);
    if (!name.startsWith("first")) { // order: does not ask f
      BilevelProblem badLower = new BilevelProblem(sound.upper(), broken);
      assertThat(h.estimate(badLower, x, lower).outcome()).isEqualTo(Outcome.NOT_FINITE);
    }
    assertThat(h.estimate(sound, x, lower).isUsable()).isTrue(); // and it recovers
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dynamics")
  void reverseAndForwardAreTheDerivativeOfTheUnrolledObjective(String name, Dynamics phi) {
    INDArray x = vector(0.3, -0.7, 0.5);
    double[] differences = differences(phi, T, Waves.problem(), x);
    double[] reverse = null;
    for (Hypergradient h : unrolled()) {
      Trajectory lower = run(phi, T, Hypergradient.ALL, Waves.problem(), x);
      double[] told = h.estimate(Waves.problem(), x, lower).gradient().toDoubleVector();
      reverse = reverse == null ? told : reverse;
      for (int i = 0; i < told.length; i++) {
        assertThat(told[i]).isCloseTo(differences[i], offset(1e-8));
        assertThat(told[i]).isCloseTo(reverse[i], offset(1e-12));
      }
    }
  }

  static List<Arguments> known() {
    return List.of(
        Arguments.of("figure 2", DartsExample.problem(), vector(2), vector(-2)),
        Arguments.of("quadratic", Quadratic.problem(), vector(2, 1, -1), vector(2, 0, 0.5)),
        Arguments.of("ridge", Ridge.problem(), vector(0.3), vector(0.1, -0.2)),
        Arguments.of("cleaning", HyperCleaningExample.problem(), vector(0.2, 0, -0.3), vector(1)),
        Arguments.of("counter-example", CounterExample.problem(), vector(0.3), vector(0.1, 0.2)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("known")
  void onTheKnownProblemsToo(String name, BilevelProblem problem, INDArray x, INDArray y) {
    HeavyBall phi = HeavyBall.gradientDescent(0.1);
    double[] differences = differences(phi, T, problem, x, y);
    for (Hypergradient h : unrolled()) {
      Trajectory lower = Trajectory.keeping(phi, T, h.window()).run(problem, x, phi.start(y));
      double[] told = h.estimate(problem, x, lower).gradient().toDoubleVector();
      for (int i = 0; i < told.length; i++) {
        assertThat(told[i]).isCloseTo(differences[i], offset(1e-9 * (1 + Math.abs(told[i]))));
      }
    }
  }

  @Test
  void reverseGivesTheDerivativeByTheStart() {
    INDArray x = vector(0.3, -0.7, 0.5);
    Trajectory lower = run(MOMENTUM, T, Hypergradient.ALL, Waves.problem(), x);
    Estimate full = ReverseMode.full().estimate(Waves.problem(), x, lower);
    for (int i = 0; i < 2; i++) {
      int entry = i;
      Slope slope =
          Slope.of(
              r -> {
                INDArray y = vector(0.4, -0.9);
                y.putScalar(entry, y.getDouble(entry) + r);
                return phi(MOMENTUM, T, Waves.problem(), x, y);
              },
              1e-3);
      assertThat(startOf(full).getDouble(i)).isCloseTo(slope.value(), offset(1e-9));
    }
    assertThat(new ReverseMode(2).estimate(Waves.problem(), x, lower).startGradient()).isNull();
  }

  private static INDArray startOf(Estimate estimate) {
    @Nullable INDArray start = estimate.startGradient();
    assertThat(start).isNotNull();
    return Objects.requireNonNull(start);
  }

  @Test
  void windowOfAllStepsIsFullReverseBitForBit() {
    INDArray x = vector(0.3, -0.7, 0.5);
    Trajectory lower = run(MOMENTUM, T, Hypergradient.ALL, Waves.problem(), x);
    double[] full =
        ReverseMode.full().estimate(Waves.problem(), x, lower).gradient().toDoubleVector();
    for (int window : new int[] {T, T + 1, 1000}) {
      assertThat(
              new ReverseMode(window)
                  .estimate(Waves.problem(), x, lower)
                  .gradient()
                  .toDoubleVector())
          .containsExactly(full);
    }
    assertThat(
            new ReverseMode(T - 1).estimate(Waves.problem(), x, lower).gradient().toDoubleVector())
        .isNotEqualTo(full);
  }

  @Test
  void windowOfOneIsTheExactOneStage() {
    INDArray x = vector(0.3, -0.7, 0.5);
    State standing = State.of(vector(0.4, -0.9), vector(0.2, 0.1));
    double[] oneStage =
        new OneStage(MOMENTUM, OneStage.Product.EXACT)
            .estimate(Waves.problem(), x, Trajectory.still(standing))
            .gradient()
            .toDoubleVector();
    Trajectory step = Trajectory.keeping(MOMENTUM, 1, 1).run(Waves.problem(), x, standing);
    double[] window =
        new ReverseMode(1).estimate(Waves.problem(), x, step).gradient().toDoubleVector();
    for (int i = 0; i < 3; i++) {
      assertThat(window[i]).isCloseTo(oneStage[i], offset(1e-15));
    }
  }

  @Test
  void asXiGoesToZeroOneStageGoesToFirstOrder() {
    INDArray x = vector(0.3, -0.7, 0.5);
    Trajectory still = Trajectory.still(State.atRest(vector(0.4, -0.9)));
    INDArray first = OneStage.firstOrder().estimate(Waves.problem(), x, still).gradient();
    double last = Double.NaN;
    for (double xi : new double[] {1e-2, 1e-3, 1e-4, 1e-5}) {
      OneStage second = new OneStage(HeavyBall.gradientDescent(xi), OneStage.Product.EXACT);
      INDArray away = second.estimate(Waves.problem(), x, still).gradient().sub(first);
      double distance = ObjectiveCheck.norm(away);
      assertThat(distance).isBetween(0.01 * xi, 10 * xi);
      if (!Double.isNaN(last)) {
        assertThat(last / distance).isBetween(9.5, 10.5);
      }
      last = distance;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 1, 1, -2.8",
    "0.1, 5, 5, 0.03392",
    "0.1, 5, 1, -0.91072",
    "0.1, 5, 2, -0.59072",
    "0.1, 50, 50, 1.9999143651",
    "0.1, 50, 1, 0.3999429101",
    "0.1, 50, 2, 0.7199429101",
    "0.25, 3, 3, 1.25",
    "0.25, 3, 1, 0.5",
    "0.25, 3, 2, 1.0",
    "0.5, 1, 1, 2"
  })
  void dartsExampleGivesTheTabledValues(double rate, int steps, int window, double expected) {
    HeavyBall phi = HeavyBall.gradientDescent(rate);
    INDArray x = vector(2);
    Trajectory lower = Trajectory.keeping(phi, steps, Hypergradient.ALL);
    lower.run(DartsExample.problem(), x, phi.start(vector(-2)));
    Estimate reverse = new ReverseMode(window).estimate(DartsExample.problem(), x, lower);
    assertThat(reverse.gradient().getDouble(0)).isCloseTo(expected, offset(6e-11));
    if (window == steps) {
      Estimate forward = new ForwardMode().estimate(DartsExample.problem(), x, lower);
      assertThat(forward.gradient().getDouble(0)).isCloseTo(expected, offset(6e-11));
    }
  }

  @Test
  void hyperCleaningPushesTheOutlierDown() { // the solved value, after many steps
    HeavyBall phi = HeavyBall.gradientDescent(0.5);
    INDArray x = vector(0, 0, 0);
    Trajectory lower = Trajectory.keeping(phi, 200, Hypergradient.ALL);
    lower.run(HyperCleaningExample.problem(), x, phi.start(vector(0)));
    for (Hypergradient h : List.of(ReverseMode.full(), new ForwardMode())) {
      double[] told =
          h.estimate(HyperCleaningExample.problem(), x, lower).gradient().toDoubleVector();
      assertThat(told[0]).isCloseTo(-1.574074074, offset(1e-9));
      assertThat(told[1]).isCloseTo(-1.101851852, offset(1e-9));
      assertThat(told[2]).isCloseTo(2.675925926, offset(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 16, 50, 100})
  void checkpointsGiveTheSameBitsFromFewerStates(int steps) {
    INDArray x = vector(0.3, -0.7, 0.5);
    Noting kept = new Noting(MOMENTUM);
    Noting sparse = new Noting(MOMENTUM);
    State start = MOMENTUM.start(vector(0.4, -0.9));
    Trajectory all = Trajectory.keeping(kept, steps, Hypergradient.ALL);
    Trajectory checkpoints = Trajectory.checkpointed(sparse, steps);
    all.run(Waves.problem(), x, start);
    checkpoints.run(Waves.problem(), x, start);
    assertThat(sparse.steps).isEqualTo(steps);
    double[] expected =
        ReverseMode.full().estimate(Waves.problem(), x, all).gradient().toDoubleVector();
    assertThat(
            ReverseMode.full()
                .estimate(Waves.problem(), x, checkpoints)
                .gradient()
                .toDoubleVector())
        .containsExactly(expected);
    assertThat(kept.steps).isEqualTo(steps);
    assertThat(kept.states).hasSize(steps); // and the start
    assertThat(sparse.steps).isLessThanOrEqualTo(2 * steps);
    assertThat(sparse.states.size()).isLessThanOrEqualTo((int) (2 * Math.sqrt(steps)) + 2);
    assertThat( // forward mode reads the other way, once for each entry of x
            new ForwardMode().estimate(Waves.problem(), x, checkpoints).gradient().toDoubleVector())
        .containsExactly(
            new ForwardMode().estimate(Waves.problem(), x, all).gradient().toDoubleVector());
  }

  /** Counts the steps and the arrays they are written to. */
  private static final class Noting implements Dynamics {
    private final Dynamics inner;
    private final Set<INDArray> states = Collections.newSetFromMap(new IdentityHashMap<>());
    private int steps;

    Noting(Dynamics inner) {
      this.inner = inner;
    }

    @Override
    public State start(INDArray y) {
      return inner.start(y);
    }

    @Override
    public double step(BilevelProblem problem, INDArray x, int t, State at, State to) {
      steps++;
      states.add(to.y());
      return inner.step(problem, x, t, at, to);
    }

    @Override
    public void pullback(
        BilevelProblem problem, INDArray x, int t, State at, State p, INDArray addToX) {
      inner.pullback(problem, x, t, at, p, addToX);
    }

    @Override
    public void pushforward(
        BilevelProblem problem, INDArray x, int t, State at, State z, @Nullable INDArray dx) {
      inner.pushforward(problem, x, t, at, z, dx);
    }
  }

  static List<Arguments> counterExampleLimits() {
    HeavyBall descent = HeavyBall.gradientDescent(0.1);
    return List.of(
        Arguments.of("RHG 16", descent, 16, 0.01, 0.494784, 1e-6),
        Arguments.of("RHG 16 from 0", descent, 16, 0, 0.48968078, 1e-8),
        Arguments.of("BDA 16", bda(Mixing.constant(0.5)), 16, 0.01, 0.67454933, 1e-8),
        Arguments.of("BDA 100", bda(Mixing.constant(0.5)), 100, 0.01, 0.99991379, 1e-8),
        Arguments.of("BDA decay", bda(Mixing.geometric(0.5, 0.9)), 100, 0.01, 0.73630941, 1e-8),
        Arguments.of("BDA 1/t", bda(Mixing.harmonic(0.5)), 100, 0.01, 0.62896429, 1e-8),
        Arguments.of("BDA 1/t long", bda(Mixing.harmonic(0.5)), 1000, 0.01, 0.68276455, 1e-8));
  }

  @Tag("slow")
  @Test
  void aggregationThatFadesReachesTheSolutionOnlyLogarithmically() {
    Dynamics phi = bda(Mixing.harmonic(0.5));
    double x = zero(phi, 100_000, CounterExample.problem(), vector(0.01, 0.01));
    assertThat(x).isCloseTo(0.77315962, offset(1e-8));
  }

  private static Dynamics bda(Mixing mixing) {
    return new Aggregated(0.1, 0.1, mixing);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("counterExampleLimits")
  void counterExampleLimits(
      String name, Dynamics phi, int steps, double c, double limit, double tolerance) {
    double x = zero(phi, steps, CounterExample.problem(), vector(c, c));
    assertThat(x).isCloseTo(limit, offset(tolerance));
  }

  @Test
  void unrolledValuesOfTheCounterExample() {
    HeavyBall descent = HeavyBall.gradientDescent(0.1);
    BilevelProblem problem = CounterExample.problem();
    assertThat(phi(descent, 16, problem, vector(0.48968078), vector(0, 0)))
        .isCloseTo(0.30052903, offset(1e-8));
    assertThat(phi(bda(Mixing.constant(0.5)), 16, problem, vector(0.67454933), vector(0.01, 0.01)))
        .isCloseTo(0.09270863, offset(1e-8));
  }

  @Test
  void warmReverseStopsAtOneHalfAndPessimisticTruncationDoesNot() {
    HeavyBall descent = HeavyBall.gradientDescent(0.1);
    NestedSolver warm =
        new NestedSolver(descent, 16, Start.WARM, ReverseMode.full(), new Sgd(0.05));
    SolverState state = warm.start(vector(0.01), vector(0.01, 0.01));
    for (int k = 0; k < 170; k++) {
      warm.step(CounterExample.problem(), state);
    }
    assertThat(state.x().getDouble(0)).isCloseTo(0.454455, offset(1e-6));

    ReverseMode worst = new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER);
    NestedSolver iaptt = new NestedSolver(descent, 16, new Start.Learned(0.5), worst, new Sgd(0.5));
    state = iaptt.start(vector(0.01), vector(0.01, 0.01));
    for (int k = 0; k < 100; k++) {
      iaptt.step(CounterExample.problem(), state);
    }
    assertThat(state.x().getDouble(0)).isCloseTo(1, offset(1e-6));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void constantAggregationIsBiasedOnTheQuadratic(double alpha) {
    Aggregated phi = new Aggregated(0.2, 0.2, Mixing.constant(alpha));
    double x = zero(phi, 140, Quadratic.problem(), vector(2));
    assertThat(x).isCloseTo(1 / (1 + (1 - alpha) * (1 - alpha)), offset(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0.0493118911981583", "20, 0.0493827160493827"})
  void ridgeAtZeroGivesTheValuesOfRationalArithmetic(int steps, double expected) {
    HeavyBall phi = HeavyBall.gradientDescent(0.5);
    INDArray x = vector(0);
    Trajectory lower = Trajectory.keeping(phi, steps, Hypergradient.ALL);
    lower.run(Ridge.problem(), x, phi.start(vector(0, 0)));
    for (Hypergradient h : List.of(ReverseMode.full(), new ForwardMode())) {
      assertThat(h.estimate(Ridge.problem(), x, lower).gradient().getDouble(0))
          .isCloseTo(expected, offset(1e-15));
    }
  }

  @Test
  void forwardModeCostsAProductAStepAndEntry() {
    INDArray x = vector(0.3, -0.7, 0.5);
    Trajectory lower = run(MOMENTUM, T, Hypergradient.ALL, Waves.problem(), x);
    assertThat(new ForwardMode().estimate(Waves.problem(), x, lower).work())
        .isEqualTo(new Work(0, 1, 3 * T));
    assertThat(ReverseMode.full().estimate(Waves.problem(), x, lower).work())
        .isEqualTo(new Work(0, 1, T));
    assertThat(new EvolutionStrategy(5, 0.1, true, 1).estimate(Waves.problem(), x, lower).work())
        .isEqualTo(new Work(0, 1 + 2 * 5 * T, 0));
  }

  /** Where the hypergradient is zero, if it is affine in a scalar x. */
  private static double zero(Dynamics phi, int steps, BilevelProblem problem, INDArray y) {
    double[] h = new double[2];
    for (int i = 0; i < 2; i++) {
      INDArray x = vector(i);
      Trajectory lower = Trajectory.keeping(phi, steps, Hypergradient.ALL);
      lower.run(problem, x, phi.start(y));
      h[i] = ReverseMode.full().estimate(problem, x, lower).gradient().getDouble(0);
    }
    return h[0] / (h[0] - h[1]);
  }

  private static Trajectory run(
      Dynamics phi, int steps, int window, BilevelProblem problem, INDArray x) {
    return Trajectory.keeping(phi, steps, window).run(problem, x, phi.start(vector(0.4, -0.9)));
  }

  private static double phi(
      Dynamics phi, int steps, BilevelProblem problem, INDArray x, INDArray y) {
    Trajectory lower = Trajectory.keeping(phi, steps, 0).run(problem, x, phi.start(y));
    return problem.upper().value(x, lower.last().y());
  }

  private static double[] differences(Dynamics phi, int steps, BilevelProblem problem, INDArray x) {
    return differences(phi, steps, problem, x, vector(0.4, -0.9));
  }

  private static double[] differences(
      Dynamics phi, int steps, BilevelProblem problem, INDArray x, INDArray y) {
    double[] result = new double[(int) x.length()];
    for (int i = 0; i < result.length; i++) {
      int entry = i;
      result[i] =
          Slope.of(
                  r -> {
                    INDArray moved = x.dup();
                    moved.putScalar(entry, x.getDouble(entry) + r);
                    return phi(phi, steps, problem, moved, y);
                  },
                  1e-3)
              .value();
    }
    return result;
  }

  private static List<double[]> states(Trajectory lower) {
    List<double[]> states = new ArrayList<>();
    for (int t = 0; t <= lower.steps(); t++) {
      states.add(lower.at(t).y().toDoubleVector());
      lower.at(t).memory().forEach(v -> states.add(v.toDoubleVector()));
    }
    return states;
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
