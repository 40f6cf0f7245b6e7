package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.bilevel.Attitude;
import io.github.oche.bilevel.Bvfsm;
import io.github.oche.bilevel.Decay;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.Hypergradient;
import io.github.oche.bilevel.NestedSolver;
import io.github.oche.bilevel.PenaltyRamp;
import io.github.oche.bilevel.PenaltyScale;
import io.github.oche.bilevel.Projected;
import io.github.oche.bilevel.Projection;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.Start;
import io.github.oche.bilevel.Vpbgd;
import io.github.oche.bilevel.problems.BvfsmExample;
import io.github.oche.bilevel.problems.IapttExample;
import io.github.oche.bilevel.problems.PbgdExample;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** The methods that {@code oche bilevel nonconvex} shows. */
final class NonConvexSolvers {
  private static final Decay DECAY = new Decay.Power(1.1);

  static final ImmutableList<Contender> ALL =
      ImmutableList.of(
          sines(1),
          sines(2),
          sines(3),
          sines(10),
          new Contender(
              "BVFSM, worst case, n=2",
              BvfsmExample.pessimistic(),
              ImmutableDoubleArray.of(1),
              ImmutableDoubleArray.of(7, 7),
              400,
              () ->
                  new Bvfsm(
                      Attitude.PESSIMISTIC,
                      new Bvfsm.Parameters(1e-3, 1e-3, 1e-2, 1e-2, new Decay.Power(1.5)),
                      new Bvfsm.Steps(20, 0.5, 50, 0.4, 20),
                      new Adam(new ExponentialSchedule(ScheduleType.ITERATION, 0.05, 0.99)))),
          new Contender(
              "BVFSM, bounded, n=2",
              BvfsmExample.constrained(),
              ImmutableDoubleArray.of(0),
              ImmutableDoubleArray.of(0.5, 0.5),
              500,
              () ->
                  new Bvfsm(
                      Attitude.OPTIMISTIC,
                      new Bvfsm.Parameters(1e-3, 1e-3, 1e-1, 1e-1, DECAY),
                      new Bvfsm.Steps(20, 0.5, 30, 0.1, 0),
                      BvfsmExample.constraints(2),
                      new Adam(0.01))),
          new Contender(
              "IAPTT, product",
              IapttExample.problem(),
              ImmutableDoubleArray.of(1),
              ImmutableDoubleArray.of(2),
              1000,
              () ->
                  new NestedSolver(
                      new Projected(HeavyBall.gradientDescent(5e-4), Projection.box(-2, 2)),
                      40,
                      new Start.Learned(0.1),
                      new ReverseMode(Hypergradient.ALL, ReverseMode.Cut.WORST_UPPER),
                      new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.7, 100)))),
          gap(0, 0),
          gap(2, -1),
          gap(3, -3));

  private NonConvexSolvers() {}

  private static Contender sines(int n) {
    return new Contender(
        "BVFSM, sines, n=" + n,
        BvfsmExample.problem(),
        ImmutableDoubleArray.of(0),
        ImmutableDoubleArray.copyOf(new double[n]),
        500,
        () ->
            new Bvfsm(
                Attitude.OPTIMISTIC,
                new Bvfsm.Parameters(1e-3, 1e-3, 1e-2, 1e-2, DECAY),
                new Bvfsm.Steps(20, 0.5, 30, 0.1, 10),
                new Adam(0.02)));
  }

  private static Contender gap(double x, double y) {
    return new Contender(
        "V-PBGD gamma=10, gap, from " + x + ", " + y,
        PbgdExample.problem(),
        ImmutableDoubleArray.of(x),
        ImmutableDoubleArray.of(y),
        4000,
        () -> new Vpbgd(PenaltyRamp.constant(10), PenaltyScale.NONE, 1, 0.1, 0.01, new Sgd(0.01)));
  }
}
