package io.github.oche.bilevel.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.DenseLayer;
import io.github.oche.bilevel.Dynamics;
import io.github.oche.bilevel.Estimate;
import io.github.oche.bilevel.HeavyBall;
import io.github.oche.bilevel.ReverseMode;
import io.github.oche.bilevel.State;
import io.github.oche.bilevel.Trajectory;
import io.github.oche.bilevel.Work;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.linear.Vectors;
import io.github.oche.bilevel.problems.Perceptron;
import io.github.oche.bilevel.problems.Perceptron.Activation;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every method's derivative against differences of the adapted loss of a two-layer perceptron. */
class AdaptationTest {
  private static final ImmutableList<DenseLayer> LAYERS =
      ImmutableList.of(new DenseLayer(2, 4), new DenseLayer(4, 2));
  private static final int M = 12 + 10;
  private static final int UNITS = 6;
  private static final int SQUARES = 16 + 4;
  private static final int STEPS = 4;

  /** A start, a dynamics, how long x is and where the objectives' transforms lie in it. */
  private record Method(StartMap start, Dynamics dynamics, int length, int transforms) {
    Adaptation full() {
      return Adaptation.of(start, dynamics, STEPS, ReverseMode.full());
    }

    BilevelProblem task() {
      return new BilevelProblem(loss(1), loss(2));
    }

    private Perceptron loss(long seed) {
      Perceptron network =
          transforms < 0
              ? Perceptron.of(LAYERS, Activation.TANH)
              : Perceptron.transformed(LAYERS, Activation.TANH, transforms);
      return network.batch(
          new Random(seed).doubles(10, -2, 2).toArray(),
          new Random(seed + 10).doubles(10, -1, 1).toArray());
    }
  }

  static List<Arguments> methods() {
    StartMap first = StartMap.first(M);
    Attenuation attenuation = new Attenuation(LAYERS, 3);
    int l2f = attenuation.parameters();
    return List.of(
        Arguments.of("MAML", new Method(first, HeavyBall.gradientDescent(0.2), M, -1)),
        Arguments.of("MAML with momentum", new Method(first, new HeavyBall(0.1, 0.5, 0.01), M, -1)),
        Arguments.of(
            "Meta-SGD",
            new Method(first, new PreconditionedDescent(1, new LearnedRates(M)), 2 * M, -1)),
        Arguments.of(
            "MT-net",
            new Method(
                first,
                new PreconditionedDescent(0.3, new UnitMask(LAYERS, M)),
                M + UNITS + SQUARES,
                M + UNITS)),
        Arguments.of(
            "WarpGrad, through all steps",
            new Method(
                first, new PreconditionedDescent(0.1, new WarpLayers(LAYERS, M)), M + SQUARES, -1)),
        Arguments.of("L2F", new Method(attenuation, HeavyBall.gradientDescent(0.2), l2f, -1)),
        Arguments.of(
            "L2F with transforms and warps",
            new Method(
                attenuation,
                new PreconditionedDescent(0.1, new WarpLayers(LAYERS, l2f + SQUARES)),
                l2f + 2 * SQUARES,
                l2f)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void derivativeIsThatOfTheAdaptedLoss(String name, Method method) {
    INDArray x = normal(method.length(), 5);
    INDArray before = x.dup();
    Adaptation adaptation = method.full();
    Estimate estimate = adaptation.estimate(method.task(), x);
    assertThat(estimate.outcome()).isEqualTo(Outcome.DONE);
    assertThat(estimate.exact()).isTrue();
    assertThat(x.toDoubleVector()).containsExactly(before.toDoubleVector());
    assertThat(estimate.value()).isEqualTo(adapted(method, x));
    double[] h = estimate.gradient().toDoubleVector();
    double most = 0;
    for (int i = 0; i < h.length; i++) {
      INDArray e = x.like().assign(0).putScalar(i, 1e-5);
      double slope = (adapted(method, x.add(e)) - adapted(method, x.sub(e))) / 2e-5;
      assertThat(h[i]).as("entry %s", i).isCloseTo(slope, offset(1e-8 * (1 + Math.abs(slope))));
      assertThat(h[i]).as("entry %s has influence", i).isNotZero();
      most = Math.max(most, Math.abs(h[i]));
    }
    assertThat(most).isGreaterThan(0.01);
  }

  private static double adapted(Method method, INDArray x) {
    BilevelProblem task = method.task();
    return task.upper().value(x, method.full().adapt(task, x).last().y());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("methods")
  void pullbackIsTheTransposeOfThePushforward(String name, Method method) {
    INDArray x = normal(method.length(), 5);
    INDArray y = normal(M, 6);
    INDArray dx = normal(method.length(), 7);
    BilevelProblem task = method.task();
    State at = method.dynamics().start(y);
    State z = at.copy();
    z.y().assign(normal(M, 8));
    State p = at.copy();
    p.y().assign(normal(M, 9));
    INDArray cotangent = p.y().dup();
    INDArray tangent = z.y().dup();
    INDArray h = x.like().assign(0);
    method.dynamics().pushforward(task, x, 0, at, z, dx);
    double forward = Vectors.dot(cotangent, z.y());
    method.dynamics().pullback(task, x, 0, at, p, h);
    double backward = Vectors.dot(p.y(), tangent) + Vectors.dot(h, dx);
    assertThat(backward).isCloseTo(forward, offset(1e-12 * (1 + Math.abs(forward))));
  }

  @Test
  void warpGradIsTheDerivativeOfItsObjectiveWithTheStatesFixed() {
    Dynamics warped = new PreconditionedDescent(0.1, new WarpLayers(LAYERS, M));
    Method method = new Method(StartMap.first(M), warped, M + SQUARES, -1);
    BilevelProblem task = method.task();
    INDArray x = normal(M + SQUARES, 5);
    Adaptation adaptation = Adaptation.of(StartMap.first(M), warped, STEPS, new EveryStep(warped));
    Estimate estimate = adaptation.estimate(task, x);
    Trajectory states = method.full().adapt(task, x);
    assertThat(estimate.value()).isCloseTo(everyStep(task, warped, states, x), offset(1e-14));
    for (int i = M; i < M + SQUARES; i++) {
      INDArray e = x.like().assign(0).putScalar(i, 1e-5);
      double up = everyStep(task, warped, states, x.add(e));
      double down = everyStep(task, warped, states, x.sub(e));
      assertThat(estimate.gradient().getDouble(i)).isCloseTo((up - down) / 2e-5, offset(1e-8));
    }
    double[] firstOrder =
        Adaptation.of(StartMap.first(M), warped, STEPS, new FirstOrder())
            .estimate(task, x)
            .gradient()
            .toDoubleVector();
    for (int i = 0; i < M; i++) {
      assertThat(estimate.gradient().getDouble(i)).isEqualTo(firstOrder[i]);
    }
  }

  private static double everyStep(
      BilevelProblem task, Dynamics dynamics, Trajectory states, INDArray x) {
    double sum = 0;
    for (int t = 0; t < STEPS; t++) {
      State to = states.at(t).copy();
      dynamics.step(task, x, t, states.at(t), to);
      sum += task.upper().value(x, to.y());
    }
    return sum / STEPS;
  }

  @Test
  void identityWarpsAndOpenMasksArePlainDescent() {
    INDArray x = normal(M + SQUARES, 5);
    BilevelProblem task =
        new Method(StartMap.first(M), HeavyBall.gradientDescent(0.1), M, -1).task();
    for (int k = M; k < M + SQUARES; k++) {
      int j = k - M;
      boolean diagonal = j < 16 ? j % 5 == 0 : (j - 16) % 3 == 0;
      x.putScalar(k, diagonal ? 1 : 0);
    }
    double[] plain = last(task, HeavyBall.gradientDescent(0.1), x);
    double[] warped = last(task, new PreconditionedDescent(0.1, new WarpLayers(LAYERS, M)), x);
    x.putScalar(M, 40);
    for (int k = M; k < M + UNITS; k++) {
      x.putScalar(k, 40); // sigmoid(40) = 1
    }
    double[] masked = last(task, new PreconditionedDescent(0.1, new UnitMask(LAYERS, M)), x);
    assertThat(masked).containsExactly(plain, offset(1e-14));
    assertThat(warped).containsExactly(plain, offset(1e-14));
  }

  private static double[] last(BilevelProblem task, Dynamics dynamics, INDArray x) {
    return Adaptation.of(StartMap.first(M), dynamics, 3, new FirstOrder())
        .adapt(task, x)
        .last()
        .y()
        .toDoubleVector();
  }

  @Test
  void aClosedMaskKeepsItsUnit() {
    INDArray x = normal(M + UNITS, 5);
    x.putScalar(M + 1, -1000); // the second unit of the first layer
    BilevelProblem task =
        new Method(StartMap.first(M), HeavyBall.gradientDescent(0.1), M, -1).task();
    double[] y = last(task, new PreconditionedDescent(0.1, new UnitMask(LAYERS, M)), x);
    for (int i = 0; i < M; i++) {
      boolean kept = i == 2 || i == 3 || i == 9; // its two weights and its bias
      assertThat(y[i] == x.getDouble(i)).as("entry %s", i).isEqualTo(kept);
    }
  }

  @Test
  void workIsThatOfTheStepsAndTheDerivative() {
    Method method = new Method(StartMap.first(M), HeavyBall.gradientDescent(0.2), M, -1);
    INDArray x = normal(M, 5);
    Adaptation reptile = Adaptation.reptile(method.start(), method.dynamics(), STEPS);
    Adaptation first = Adaptation.of(method.start(), method.dynamics(), STEPS, new FirstOrder());
    assertThat(method.full().estimate(method.task(), x).work()).isEqualTo(new Work(0, 5, 4));
    assertThat(first.estimate(method.task(), x).work()).isEqualTo(new Work(0, 5, 0));
    assertThat(reptile.estimate(method.task(), x).work()).isEqualTo(new Work(1, 4, 0));
  }

  @Test
  void aTruncatedHypergradientIsRefused() {
    Method method = new Method(StartMap.first(M), HeavyBall.gradientDescent(0.2), M, -1);
    Adaptation truncated =
        Adaptation.of(method.start(), method.dynamics(), STEPS, new ReverseMode(2));
    assertThatThrownBy(() -> truncated.estimate(method.task(), normal(M, 5)))
        .hasMessage(
            "a start that x holds needs a hypergradient through all 4 steps, not the last 2");
  }

  @Test
  void anXThatIsTooShortIsRefused() {
    Method method =
        new Method(StartMap.first(M), new PreconditionedDescent(1, new LearnedRates(M)), M, -1);
    assertThatThrownBy(() -> method.full().estimate(method.task(), normal(M, 5)))
        .hasMessage("x has 22 entries, expected 22 from 22 on");
  }

  private static INDArray normal(int length, long seed) {
    Random random = new Random(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.5 * random.nextGaussian();
    }
    return Nd4j.createFromArray(values);
  }
}
