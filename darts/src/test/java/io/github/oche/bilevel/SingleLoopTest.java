package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.NeumannSeries;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.problems.CounterExample;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Solvers that keep the solution of the linear system from step to step. */
class SingleLoopTest {
  private static final ConjugateGradient CG = new ConjugateGradient(20, 1e-10);

  private static Amigo amigo() {
    return new Amigo(HeavyBall.gradientDescent(0.4), 10, new NeumannSeries(9, 0.4), new Sgd(1.0));
  }

  @Test
  void singleLoopWithoutAggregationStopsHalfway() {
    Soba soba = new Soba(0.1, new Sgd(0.05));
    SolverState state = soba.start(vector(0.01), vector(0.01, 0.01));
    for (int k = 0; k < 1500; k++) {
      soba.step(CounterExample.problem(), state);
    }
    assertThat(state.x().getDouble(0)).isCloseTo(0.505, offset(1e-9));
  }

  @ParameterizedTest
  @EnumSource(SlBamm.Multiplier.class)
  void aggregationFindsTheSolutionAmongMany(SlBamm.Multiplier multiplier) {
    SlBamm solver = new SlBamm(0.1, multiplier);
    SolverState state = solver.start(vector(0.01), vector(0.01, 0.01));
    for (int k = 0; k < 3000; k++) {
      assertThat(solver.step(CounterExample.problem(), state).isUsable()).isTrue();
    }
    boolean scheduled = multiplier == SlBamm.Multiplier.SCHEDULED; // x of the reference script
    double x = scheduled ? 0.9986269851263395 : 0.9984315427850602;
    assertThat(state.x().getDouble(0)).isCloseTo(x, offset(1e-9)).isCloseTo(1, offset(2e-3));
    assertThat(state.y().getDouble(1)).isCloseTo(1, offset(2e-3));
  }

  /** Two steps written out, from x = 1, y = (2, 3). */
  @ParameterizedTest
  @EnumSource(SlBamm.Schedule.class)
  void averagedStepsAreThePublishedFormulas(SlBamm.Schedule schedule) {
    SlBamm solver = new SlBamm(0.1, 0.9, 4, 0.5, schedule, SlBamm.Multiplier.SCHEDULED);
    SolverState state = solver.start(vector(1), vector(2, 3));
    double x = 1;
    double[] y = {2, 3};
    double[] v = {0, 0};
    for (int k = 0; k < 2; k++) {
      solver.step(CounterExample.problem(), state);
      double a = 0.9 / Math.pow(k + 1, 0.25);
      double[] powers =
          switch (schedule) {
            case S1 -> new double[] {a * a, Math.pow(a, 7)};
            case S2 -> new double[] {a, Math.pow(a, 5)};
            case S3 -> new double[] {1, Math.pow(a, 3)};
          };
      double eta = Math.pow(k + 1, -0.25) * powers[0] * 0.1;
      double s = Math.pow(k + 1, -0.75) * powers[1] * 0.1;
      double[] outer = {y[0] - 1, y[1] - x};
      double h = x - y[1] - (a * -v[1] + (1 - a) * -v[0]);
      double[] inner = {y[0] - x, 0};
      v = new double[] {v[0] - eta * (v[0] - outer[0]), v[1] - eta * (a * v[1] - outer[1])};
      for (int i = 0; i < 2; i++) {
        y[i] -= 0.1 * (a * outer[i] + (1 - a) * inner[i]);
      }
      x -= s * h;
    }
    assertThat(state.x().getDouble(0)).isCloseTo(x, offset(1e-14));
    for (int i = 0; i < 2; i++) {
      assertThat(state.y().getDouble(i)).isCloseTo(y[i], offset(1e-14));
      assertThat(state.vector("v").getDouble(i)).isCloseTo(v[i], offset(1e-14));
    }
  }

  @Test
  void tolerancesThatShrinkReachTheSolution() {
    ISchedule exponential = new ExponentialSchedule(ScheduleType.ITERATION, 1e-2, 0.9);
    ISchedule quadratic = new InverseSchedule(ScheduleType.ITERATION, 1e-2, 1, 2);
    ISchedule cubic = new InverseSchedule(ScheduleType.ITERATION, 1e-2, 1, 3);
    for (ISchedule tolerance : List.of(exponential, quadratic, cubic)) {
      Hoag hoag = new Hoag(0.4, 1000, CG, tolerance, new Sgd(4.0));
      SolverState state = hoag.start(vector(0), vector(0, 0));
      for (int k = 0; k < 200; k++) {
        assertThat(hoag.step(Ridge.problem(), state).isUsable()).isTrue();
      }
      assertThat(state.x().getDouble(0))
          .isCloseTo(Ridge.SOLUTION, offset(tolerance == exponential ? 1e-8 : 1e-5));
    }
  }

  @Test
  void bothSolvesMeetTheToleranceOfTheStepAndLooseOnesCostLess() {
    Hoag loose =
        new Hoag(
            0.4,
            1000,
            CG,
            new ExponentialSchedule(ScheduleType.ITERATION, 0.3, 0.999),
            new Sgd(1.0));
    Hoag tight =
        new Hoag(
            0.4,
            1000,
            CG,
            new ExponentialSchedule(ScheduleType.ITERATION, 1e-8, 0.999),
            new Sgd(1.0));
    SolverState first = loose.start(vector(0), vector(0, 0));
    SolverState second = tight.start(vector(0), vector(0, 0));
    Estimate rough = loose.step(Ridge.problem(), first);
    Estimate fine = tight.step(Ridge.problem(), second);
    assertThat(rough.residual()).isLessThanOrEqualTo(0.3);
    assertThat(fine.residual()).isLessThanOrEqualTo(1e-8);
    INDArray g = Ridge.problem().lower().gradient(vector(0), second.y(), Partial.Y).dy();
    assertThat(g.norm2Number().doubleValue()).isLessThanOrEqualTo(1e-8);
    assertThat(rough.work().gradients()).isLessThan(fine.work().gradients());
    assertThat(fine.gradient().getDouble(0)).isCloseTo(4.0 / 81, offset(1e-7));
  }

  @Test
  void aLowerLevelThatRunsOutOfStepsIsTold() {
    Hoag hoag =
        new Hoag(
            0.4, 2, CG, new ExponentialSchedule(ScheduleType.ITERATION, 1e-8, 0.9), new Sgd(1.0));
    SolverState state = hoag.start(vector(0), vector(0, 0));
    assertThat(hoag.step(Ridge.problem(), state).outcome()).isEqualTo(Outcome.STEP_LIMIT);
    assertThat(state.steps()).isEqualTo(1);
  }

  @Test
  void warmStartsSaveProducts() {
    Amigo warm = new Amigo(HeavyBall.gradientDescent(0.4), 50, CG, new Sgd(1e-12));
    SolverState state = warm.start(vector(0), vector(0, 0));
    Estimate first = warm.step(Ridge.problem(), state);
    Estimate second = warm.step(Ridge.problem(), state);
    assertThat(first.work()).isEqualTo(new Work(0, 51, 3)); // two iterations and the last product
    assertThat(second.work()).isEqualTo(new Work(0, 51, 2)); // the residual met the tolerance
  }

  @Test
  void workIsThatOfTheFormulas() {
    SolverState state = amigo().start(vector(0), vector(0, 0));
    assertThat(amigo().step(Ridge.problem(), state).work()).isEqualTo(new Work(0, 11, 10));
    assertThat(new Soba(0.1, new Sgd(1)).step(Ridge.problem(), state).work())
        .isEqualTo(new Work(0, 2, 1));
    assertThat(new SlBamm(0.1, SlBamm.Multiplier.SCHEDULED).step(Ridge.problem(), state).work())
        .isEqualTo(new Work(0, 2, 2));
    assertThat(new SlBamm(0.1, SlBamm.Multiplier.LINE_SEARCH).step(Ridge.problem(), state).work())
        .isEqualTo(new Work(0, 2, 4));
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new Soba(0, new Sgd(1)))
        .hasMessage("rho starts at 0.0, expected a positive number");
    assertThatThrownBy(() -> new Amigo(HeavyBall.gradientDescent(1), 0, CG, new Sgd(1)))
        .hasMessage("steps is 0, expected at least 1");
    assertThatThrownBy(
            () ->
                new Hoag(
                    0.1, 1, CG, new ExponentialSchedule(ScheduleType.ITERATION, 0, 1), new Sgd(1)))
        .hasMessage("tolerance starts at 0.0, expected a number in (0, 1)");
    assertThatThrownBy(() -> new SlBamm(-1, SlBamm.Multiplier.SCHEDULED))
        .hasMessage("rate is -1.0, expected a positive number");
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
