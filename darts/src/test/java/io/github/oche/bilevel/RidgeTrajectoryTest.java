package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.DenseSolver;
import io.github.oche.bilevel.linear.Identity;
import io.github.oche.bilevel.linear.LinearSolver;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.NormalConjugateGradient;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Every method on the ridge problem, from x = 0 and y = 0, beside a reference script in float64:
 * the first hypergradient, and x after 2, 10 and 200 steps.
 */
class RidgeTrajectoryTest {
  private static final HeavyBall STEP = HeavyBall.gradientDescent(0.4);
  private static final IUpdater ONE = new Sgd(1);
  private static final int T = 20;

  static List<Arguments> methods() {
    ReverseMode full = ReverseMode.full();
    ReverseMode worst = new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER);
    OneStage exact = new OneStage(STEP, OneStage.Product.EXACT);
    OneStage difference = new OneStage(STEP, OneStage.Product.FINITE_DIFFERENCE);
    Lookahead lookahead = new Lookahead(STEP, 1, new ReverseMode(1));
    return List.of(
        method("RHG", cold(full), 0.049382716049, -0.095243399471, -0.364022053215, -0.8265264329),
        method(
            "checkpoints",
            new NestedSolver(
                Trajectory.checkpointed(STEP, T),
                Start.COLD,
                full,
                ONE,
                NestedSolver.Order.LOWER_FIRST),
            0.049382716049,
            -0.095243399471,
            -0.364022053215,
            -0.8265264329),
        method(
            "FHG",
            cold(new ForwardMode()),
            0.049382716049,
            -0.095243399471,
            -0.364022053215,
            -0.8265264329),
        method(
            "T-RHG 5",
            cold(new ReverseMode(5)),
            0.049382222222,
            -0.095241833818,
            -0.363974462155,
            -0.8265225468),
        method(
            "T-RHG 1",
            cold(new ReverseMode(1)),
            0.044444444444,
            -0.085232240914,
            -0.320546702921,
            -0.8248348013),
        method(
            "RHG warm",
            nested(5, Start.WARM, full),
            0.049361480800,
            -0.095221773371,
            -0.363953514386,
            -0.8265226873),
        implicit(
            "CG 2",
            new ConjugateGradient(2, 1e-10),
            0.049382716049,
            -0.095243399471,
            -0.364022053215,
            -0.8265264329),
        implicit(
            "CG 2 on A'A",
            new NormalConjugateGradient(2, 1e-10),
            0.049382716049,
            -0.095243399471,
            -0.364022053215,
            -0.8265264329),
        implicit(
            "dense",
            new DenseSolver(),
            0.049382716049,
            -0.095243399471,
            -0.364022053215,
            -0.8265264329),
        implicit(
            "CG 1",
            new ConjugateGradient(1, 1e-10),
            0.044444444444,
            -0.085617730595,
            -0.327398919486,
            -0.8257503389),
        implicit(
            "Neumann",
            new NeumannSeries(5, 0.4),
            0.049382666667,
            -0.095243221569,
            -0.364012855475,
            -0.8265252047),
        implicit(
            "T1-T2",
            new Identity(),
            0.111111111111,
            -0.200070967293,
            -0.557449463001,
            -0.8266781978),
        method("DARTS, first order", darts(OneStage.firstOrder()), 0, 0, 0, 0),
        method("DARTS", darts(exact), 0, -0.0412, -0.295580338209, -0.8248179472),
        method("DARTS, difference", darts(difference), 0, -0.0412, -0.295580338209, -0.8248179472),
        method("lookahead", darts(lookahead), 0, -0.0412, -0.295580338209, -0.8248179472),
        method("SOBA", new Soba(0.4, new Sgd(0.5)), 0, -0.08, -0.256253472065, -0.8198703340),
        method(
            "AmIGO",
            new Amigo(STEP, 10, new NeumannSeries(9, 0.4), ONE),
            0.049382716054,
            -0.095243399478,
            -0.364022054698,
            -0.8265264333),
        method(
            "F2SA",
            F2sa.difference(0.1, 10, 0.4, ONE),
            0.047991262524,
            -0.092686332978,
            -0.358290107704,
            -0.8670879097),
        method(
            "F2SA-2",
            F2sa.symmetric(0.1, 10, 0.4, ONE),
            0.049476431725,
            -0.095417947455,
            -0.364411955137,
            -0.8219673933),
        method(
            "BOME",
            new Bome(Bome.Barrier.SQUARED_GRADIENT, 0.5, 10, 0.4, 0.1, ONE),
            0,
            0,
            -0.024377452353,
            -0.8665350440),
        method(
            "V-PBGD",
            new Vpbgd(PenaltyRamp.constant(10), PenaltyScale.NONE, 10, 0.4, 0.04, new Sgd(0.1)),
            -1.111111110889,
            0.104007142306,
            0.065141641962,
            -0.4793672140),
        method( // theta, then x, then y with the new x
            "MEHA",
            new Meha(10, 10, 0, 0.1, 0.1, new Sgd(5)),
            -0.005625,
            0.085380766196,
            0.230403162594,
            -0.8602665412),
        method(
            "BDA",
            new NestedSolver(
                new Aggregated(0.4, 0.4, Mixing.harmonic(0.5)), T, Start.COLD, full, ONE),
            0.048656979175,
            -0.093909108036,
            -0.361055401285,
            -0.8482008811),
        method(
            "IAPTT",
            nested(T, new Start.Learned(0.1), worst),
            0,
            -0.000195142222,
            -0.008683461997,
            -0.8294913813));
  }

  private static Arguments method(
      String name, Solver solver, double h1, double x2, double x10, double x200) {
    return Arguments.of(name, solver, h1, x2, x10, x200);
  }

  private static Arguments implicit(
      String name, LinearSolver linear, double h1, double x2, double x10, double x200) {
    return method(name, cold(new ImplicitGradient(linear)), h1, x2, x10, x200);
  }

  private static Solver cold(Hypergradient h) {
    return nested(T, Start.COLD, h);
  }

  private static Solver nested(int steps, Start start, Hypergradient h) {
    return new NestedSolver(STEP, steps, start, h, ONE);
  }

  private static Solver darts(Hypergradient h) {
    return new NestedSolver(STEP, 1, Start.WARM, h, ONE, NestedSolver.Order.UPPER_FIRST);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void isTheReferenceScripts(
      String name, Solver solver, double h1, double x2, double x10, double x200) {
    INDArray start = Nd4j.createFromArray(0.0);
    SolverState state = solver.start(start, Nd4j.createFromArray(0.0, 0.0));
    double first = Double.NaN;
    double[] x = new double[200];
    for (int k = 0; k < x.length; k++) {
      Estimate estimate = solver.step(Ridge.problem(), state);
      assertThat(estimate.outcome()).isIn(Outcome.DONE, Outcome.STEP_LIMIT);
      first = k == 0 ? estimate.gradient().getDouble(0) : first;
      x[k] = state.x().getDouble(0);
    }
    assertThat(first).isCloseTo(h1, offset(1.1e-12));
    assertThat(x[1]).isCloseTo(x2, offset(1.1e-12));
    assertThat(x[9]).isCloseTo(x10, offset(1.1e-12));
    assertThat(x[199]).isCloseTo(x200, offset(6e-10));
    assertThat(state.steps()).isEqualTo(x.length);
  }
}
