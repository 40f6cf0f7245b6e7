package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth of {@link NetworkTruthTest} against differences of its own loss. */
class ReferenceNetworkTest {
  private static final double STEP = 1e-6;

  static Stream<GraphCase> cases() {
    Stream<GraphCase> some =
        GraphCases.all().stream().filter(c -> c.graph().nodes().size() > 12 && c.batch() < 17);
    return Stream.concat(some.limit(25), Stream.of(3L, 5L, 8L).map(RandomGraphs::of));
  }

  /** In a random direction. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientAndItsDerivativeAreDifferencesOfTheLoss(GraphCase c) {
    Inputs in = c.inputs();
    ReferenceNetwork network = new ReferenceNetwork(c.graph(), in, in.dw(), in.dmixing());
    Dual.Scalar loss = network.forward(Network.Mode.TRAINING);
    network.backward();
    ReferenceNetwork after = at(c, in, STEP);
    ReferenceNetwork before = at(c, in, -STEP);
    double slope =
        after.forward(Network.Mode.TRAINING).minus(before.forward(Network.Mode.TRAINING)).value();
    assertThat(loss.along()).isCloseTo(slope / (2 * STEP), within(loss.along()));
    double product =
        dot(network.weightGradient.value, in.dw())
            + dot(network.mixingGradient.value, in.dmixing());
    assertThat(product).isCloseTo(loss.along(), within(loss.along()));

    after.backward();
    before.backward();
    float[] u = random(in.w().length);
    float[] v = random(in.mixing().length);
    double change = dot(after, u, v) - dot(before, u, v);
    double along = dot(network.weightGradient.along, u) + dot(network.mixingGradient.along, v);
    assertThat(along).isCloseTo(change / (2 * STEP), within(along));
  }

  private static org.assertj.core.data.Offset<Double> within(double x) {
    return org.assertj.core.api.Assertions.within(1e-5 * Math.max(1e-2, Math.abs(x)));
  }

  private static ReferenceNetwork at(GraphCase c, Inputs in, double step) {
    return new ReferenceNetwork(
        c.graph(), in, moved(in.w(), in.dw(), step), moved(in.mixing(), in.dmixing(), step));
  }

  private static Dual moved(float[] x, float[] dx, double step) {
    Dual y = new Dual(x.length);
    for (int i = 0; i < x.length; i++) {
      y.value[i] = x[i] + step * dx[i];
    }
    return y;
  }

  private static double dot(ReferenceNetwork network, float[] u, float[] v) {
    return dot(network.weightGradient.value, u) + dot(network.mixingGradient.value, v);
  }

  private static double dot(double[] x, float[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  private static float[] random(int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    return x;
  }
}
