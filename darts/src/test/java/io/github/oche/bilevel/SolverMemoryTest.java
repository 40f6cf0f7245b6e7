package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.NormalConjugateGradient;
import io.github.oche.bilevel.linear.Nystrom;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Memory grows as the Javadoc of each class says: counted in vectors of the length of y. */
class SolverMemoryTest {
  private static final int LONG = 20_000;
  private static final IUpdater UPPER = new Sgd(0.1);

  /** {@code (|x|^2 + |y|^2) / 2 - coupling x_0 y_0}, for x and y of any length. */
  private record Bowl(double coupling) implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      return 0.5 * x.mul(x).sumNumber().doubleValue()
          + 0.5 * y.mul(y).sumNumber().doubleValue()
          - coupling * x.getDouble(0) * y.getDouble(0);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      return Gradient.exact(value(x, y), derivative(x, y), derivative(y, x));
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      INDArray u = dx == null ? x.like().assign(0) : dx;
      INDArray v = dy == null ? y.like().assign(0) : dy;
      return Gradient.exact(Double.NaN, derivative(u, v), derivative(v, u));
    }

    private INDArray derivative(INDArray of, INDArray other) {
      INDArray d = of.dup();
      return d.putScalar(0, d.getDouble(0) - coupling * other.getDouble(0));
    }
  }

  /** Each solver has parts of its own: what is measured is void afterwards. */
  private static HeavyBall descent() {
    return HeavyBall.gradientDescent(0.1);
  }

  private static HeavyBall momentum() {
    return new HeavyBall(0.1, 0.9, 0);
  }

  private static SolverMemory measure(Supplier<Solver> solver, int n, int m) {
    return SolverMemory.of(
        solver,
        new BilevelProblem(new Bowl(0), new Bowl(0.5)),
        Nd4j.valueArrayOf(new long[] {n}, 0.5, DOUBLE),
        Nd4j.valueArrayOf(new long[] {m}, 0.75, DOUBLE));
  }

  /** Vectors of the length of y that are kept when x is short. */
  private static double vectors(Supplier<Solver> solver) {
    return measure(solver, 1, LONG).vectors(Nd4j.zeros(DOUBLE, LONG));
  }

  private static Solver nested(Dynamics dynamics, int steps, Hypergradient hypergradient) {
    return new NestedSolver(dynamics, steps, Start.WARM, hypergradient, UPPER);
  }

  private static Solver implicit(int steps, LinearSolver solver) {
    return nested(descent(), steps, new ImplicitGradient(solver));
  }

  /** Those that hold the same whatever T is. */
  static List<Arguments> constant() {
    return List.of(
        method("T-RHG", 8, 4, t -> nested(descent(), t, new ReverseMode(1))),
        method("CG", 12, 4, t -> implicit(t, new ConjugateGradient(t, 1e-10))),
        method("CG on A'A", 13, 4, t -> implicit(t, new NormalConjugateGradient(t, 1e-10))),
        method("Neumann", 10, 4, t -> implicit(t, NeumannSeries.truncated(t, 0.1))),
        method("T1-T2", 8, 4, t -> implicit(t, new Identity())),
        method("fixed point", 14, 4, t -> nested(momentum(), t, new FixedPoint(momentum(), t, 0))),
        method("rank one", 7, 5, t -> nested(descent(), t, new RankOne(1e-6))),
        method(
            "one stage",
            9,
            5,
            t -> nested(descent(), t, new OneStage(descent(), OneStage.Product.EXACT))),
        method(
            "one stage, difference",
            10,
            6,
            t -> nested(descent(), t, new OneStage(descent(), OneStage.Product.FINITE_DIFFERENCE))),
        method(
            "evolution", 10, 6, t -> nested(descent(), t, new EvolutionStrategy(2, 0.1, true, 1))),
        method("AmIGO", 11, 4, t -> new Amigo(descent(), t, new NeumannSeries(t, 0.1), UPPER)),
        method("SOBA", 6, 4, t -> new Soba(0.1, UPPER)),
        method("sl-BAMM", 7, 4, t -> new SlBamm(0.1, SlBamm.Multiplier.SCHEDULED)),
        method(
            "V-PBGD",
            7,
            5,
            t -> new Vpbgd(PenaltyRamp.constant(10), PenaltyScale.DIVIDED, t, 0.1, 0.1, UPPER)),
        method("F2SA", 6, 5, t -> F2sa.difference(0.1, t, 0.1, UPPER)),
        method("F2SA-2", 8, 5, t -> F2sa.symmetric(0.1, t, 0.1, UPPER)),
        method("BOME", 6, 5, t -> new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, t, 0.1, 0.1, UPPER)),
        method("MEHA", 6, 4, t -> new Meha(10, 10, 0, 0.1, 0.1, UPPER)),
        method(
            "BVFSM",
            8,
            6,
            t ->
                new Bvfsm(
                    Attitude.OPTIMISTIC,
                    new Bvfsm.Parameters(1e-3, 1e-3, 1e-2, 1e-2, Decay.NONE),
                    new Bvfsm.Steps(t, 0.1, t, 0.1, 1),
                    UPPER)));
  }

  private static Arguments method(String name, int y, int x, IntFunction<Solver> solver) {
    return Arguments.of(name, y, x, solver);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constant")
  void memoryIsWhatIsSaidAndDoesNotGrowWithTheSteps(
      String name, int y, int x, IntFunction<Solver> solver) {
    for (int steps : new int[] {4, 32}) {
      assertThat(vectors(() -> solver.apply(steps))).as("T = " + steps).isCloseTo(y, offset(0.01));
      assertThat(measure(() -> solver.apply(steps), LONG, 1).vectors(Nd4j.zeros(DOUBLE, LONG)))
          .as("of the length of x")
          .isCloseTo(x, offset(0.01));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("constant")
  void aSecondStepMakesNoVectorAnew(String name, int y, int x, IntFunction<Solver> solver) {
    SolverMemory memory = measure(() -> solver.apply(4), LONG, LONG);
    assertThat(memory.anew()).isLessThan(LONG / 100);
    assertThat(memory.kept()).isEqualTo((long) LONG * (x + y) * Double.BYTES);
  }

  @Test
  void reverseModeKeepsAStateForEveryStep() {
    double four = vectors(() -> nested(descent(), 4, ReverseMode.full()));
    assertThat(vectors(() -> nested(descent(), 16, ReverseMode.full())) - four)
        .isCloseTo(12, offset(0.01));
    double two = vectors(() -> nested(momentum(), 4, ReverseMode.full()));
    assertThat(vectors(() -> nested(momentum(), 16, ReverseMode.full())) - two)
        .as("states of two vectors")
        .isCloseTo(24, offset(0.01));
  }

  @Test
  void checkpointsKeepTwoRootsOfTheSteps() {
    double four = vectors(() -> checkpointed(4));
    for (int root : new int[] {4, 8, 12}) {
      assertThat(vectors(() -> checkpointed(root * root)) - four)
          .isCloseTo(2 * (root - 2), offset(0.01));
    }
  }

  private static Solver checkpointed(int steps) {
    return new NestedSolver(
        Trajectory.checkpointed(descent(), steps),
        Start.WARM,
        ReverseMode.full(),
        UPPER,
        NestedSolver.Order.LOWER_FIRST);
  }

  @Test
  void aWindowKeepsItsStates() {
    double one = vectors(() -> nested(descent(), 20, new ReverseMode(1)));
    for (int window : new int[] {2, 8}) {
      assertThat(vectors(() -> nested(descent(), 20, new ReverseMode(window))) - one)
          .isCloseTo(window - 1, offset(0.01));
    }
  }

  @Test
  void onlineForwardKeepsATangentForEveryEntryOfXAndSetsItAside() {
    double two = onlineForward(2);
    assertThat(onlineForward(7) - two).isCloseTo(5 * 2, offset(0.01));
  }

  private static double onlineForward(int n) {
    return measure(() -> new OnlineForward(descent(), UPPER), n, LONG)
        .vectors(Nd4j.zeros(DOUBLE, LONG));
  }

  @Test
  void evolutionKeepsTheSameWhateverTheNumberOfDirections() {
    double two = vectors(() -> nested(descent(), 4, new EvolutionStrategy(2, 0.1, false, 1)));
    assertThat(vectors(() -> nested(descent(), 4, new EvolutionStrategy(9, 0.1, false, 1))))
        .isCloseTo(two, offset(0.01));
  }

  @Test
  void forwardModeKeepsOneTangentWhateverTheLengthOfX() {
    double one = vectors(() -> nested(descent(), 5, new ForwardMode()));
    double seven =
        measure(() -> nested(descent(), 5, new ForwardMode()), 7, LONG)
            .vectors(Nd4j.zeros(DOUBLE, LONG));
    assertThat(seven).isCloseTo(one, offset(0.01));
    assertThat(vectors(() -> nested(descent(), 9, new ForwardMode())) - one)
        .isCloseTo(4, offset(0.01));
  }

  @Test
  void linearSolversKeepWhatTheySay() {
    double none = vectors(() -> implicit(4, new Identity()));
    assertThat(vectors(() -> implicit(4, new ConjugateGradient(4, 0))) - none)
        .isCloseTo(4, offset(0.01));
    assertThat(vectors(() -> implicit(4, new NeumannSeries(4, 0.1))) - none)
        .isCloseTo(2, offset(0.01));
    assertThat(vectors(() -> implicit(4, new NormalConjugateGradient(4, 0))) - none)
        .isCloseTo(5, offset(0.01));
    double rankTwo = vectors(() -> implicit(4, new Nystrom(2, 0.1, 1)));
    assertThat(vectors(() -> implicit(4, new Nystrom(5, 0.1, 1))) - rankTwo)
        .isCloseTo(3, offset(0.01));
  }

  @Test
  void theMeasureIsTheSameEachTimeAndLeavesNothingOpen() {
    SolverMemory first = measure(() -> nested(descent(), 3, ReverseMode.full()), 5, LONG);
    assertThat(measure(() -> nested(descent(), 3, ReverseMode.full()), 5, LONG)).isEqualTo(first);
    assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isNull();
    assertThat(Nd4j.create(3).isAttached()).isFalse();
  }
}
