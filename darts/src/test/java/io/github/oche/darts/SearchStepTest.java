package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.Partial;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SearchStepTest {
  private static final double RATE = 0.02;

  private final Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(1, 8, 8), 4, 3, 3));
  private final Workers workers = new Workers(2);
  private final MiniBatch training = SupernetObjectiveTest.batch(0);
  private final MiniBatch validation = SupernetObjectiveTest.batch(1);

  @AfterEach
  void close() {
    workers.close();
  }

  /** In the middle of a search: momentum and Adam's means are not zero. */
  private SearchState state() {
    float[] w = supernet.graph().parameters().initialise(new SplittableRandom(2));
    int n = supernet.graph().mixingSize();
    float[] squares = Seeds.normal(n, 1e-3, new SplittableRandom(6));
    for (int i = 0; i < n; i++) {
      squares[i] *= squares[i];
    }
    return new SearchState(
        w,
        Seeds.normal(w.length, 1e-2, new SplittableRandom(3)),
        Seeds.normal(n, 0.1, new SplittableRandom(4)),
        Seeds.normal(n, 1e-3, new SplittableRandom(5)),
        squares,
        9,
        7);
  }

  private SearchStep step(SearchHypergradient order) {
    return new SearchStep(
        new SupernetProblem(supernet, 8, order, workers), order, Sgd.published(), Adam.published());
  }

  @Test
  void alphaMovesFirstAndTheWeightsSeeTheNewOne() {
    SearchState state = state();
    StepReport report = step(SearchHypergradient.FIRST).run(state, training, validation, RATE);

    SearchState twin = state();
    SupernetProblem problem = new SupernetProblem(supernet, 8, SearchHypergradient.FIRST, workers);
    problem.training().hold(training);
    problem.validation().hold(validation);
    INDArray w = Nd4j.createFromArray(twin.weights());
    var upper = problem.validation().gradient(Nd4j.createFromArray(twin.alphas()), w, Partial.X);
    Adam.published()
        .step(twin.alphas(), upper.dx().toFloatVector(), twin.alphaMeans(), twin.alphaSquares(), 8);
    var lower = problem.training().gradient(Nd4j.createFromArray(twin.alphas()), w, Partial.Y);
    double norm =
        Sgd.published().step(twin.weights(), twin.velocity(), lower.dy().toFloatVector(), RATE);

    assertThat(state.alphas()).containsExactly(twin.alphas());
    assertThat(state.weights()).containsExactly(twin.weights());
    assertThat(state.velocity()).containsExactly(twin.velocity());
    assertThat(state.steps()).isEqualTo(10);
    assertThat(state.alphaSteps()).isEqualTo(8);
    assertThat(report.validationLoss()).isEqualTo(upper.value());
    assertThat(report.trainingLoss()).isEqualTo(lower.value());
    assertThat(report.gradientNorm()).isEqualTo(norm);
    assertThat(report.correct()).isBetween(0, 8);
  }

  @Test
  void secondOrderUnrollsTheStepWithMomentumAndDecay() {
    SearchState state = state();
    float[] w = state.weights().clone();
    float[] v = state.velocity().clone();
    INDArray x = Nd4j.createFromArray(state.alphas());
    StepReport report = step(SearchHypergradient.SECOND).run(state, training, validation, RATE);

    SupernetProblem problem = new SupernetProblem(supernet, 8, SearchHypergradient.SECOND, workers);
    problem.training().hold(training);
    problem.validation().hold(validation);
    float[] g =
        problem.training().gradient(x, Nd4j.createFromArray(w), Partial.Y).dy().toFloatVector();
    float[] unrolled = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      unrolled[i] = (float) (w[i] - RATE * (0.9 * v[i] + g[i] + 3e-4 * w[i]));
    }
    var upper = problem.validation().gradient(x, Nd4j.createFromArray(unrolled), Partial.BOTH);
    assertThat(report.validationLoss()).isCloseTo(upper.value(), offset(1e-5));
    float[] direct = upper.dx().toFloatVector();
    float[] dy = upper.dy().toFloatVector();
    double e = 0.01 / Norms.of(dy);
    float[] plus = moved(w, e, dy);
    float[] minus = moved(w, -e, dy);
    float[] up =
        problem.training().gradient(x, Nd4j.createFromArray(plus), Partial.X).dx().toFloatVector();
    float[] down =
        problem.training().gradient(x, Nd4j.createFromArray(minus), Partial.X).dx().toFloatVector();
    double distance = 0;
    double size = 0;
    double correction = 0;
    for (int i = 0; i < direct.length; i++) {
      double product = RATE * (up[i] - down[i]) / (2 * e);
      double expected = direct[i] - product;
      distance += Math.pow(expected - report.alphaGradient().get(i), 2);
      size += expected * expected;
      correction += product * product;
    }
    assertThat(Math.sqrt(distance / size)).isLessThan(5e-3);
    assertThat(Math.sqrt(distance / correction)).as("the correction is seen").isLessThan(0.2);
  }

  private static float[] moved(float[] w, double e, float[] d) {
    float[] moved = new float[w.length];
    for (int i = 0; i < w.length; i++) {
      moved[i] = (float) (w[i] + e * d[i]);
    }
    return moved;
  }

  @Test
  void theThreeOrdersDiffer() {
    double[] first = gradient(SearchHypergradient.FIRST);
    double[] second = gradient(SearchHypergradient.SECOND);
    double[] exact = gradient(SearchHypergradient.EXACT);
    assertThat(second).isNotEqualTo(first);
    assertThat(exact).isNotEqualTo(first).isNotEqualTo(second);
  }

  private double[] gradient(SearchHypergradient order) {
    return step(order).run(state(), training, validation, RATE).alphaGradient().toArray();
  }

  @ParameterizedTest
  @MethodSource("io.github.oche.darts.Patterns#choices")
  void sameStateSameBits(SearchHypergradient order) {
    SearchState one = state();
    SearchState two = state();
    SearchStep step = step(order);
    step.run(one, training, validation, RATE);
    step.run(two, training, validation, RATE);
    assertThat(one.sha256()).isEqualTo(two.sha256());
    step.run(two, training, validation, RATE);
    assertThat(one.sha256()).isNotEqualTo(two.sha256());
  }

  @ParameterizedTest
  @MethodSource("io.github.oche.darts.Patterns#choices")
  void anEstimateLeavesWeightsAndRunningStatisticsAsTheyWere(SearchHypergradient order) {
    SupernetProblem problem = new SupernetProblem(supernet, 8, order, workers);
    float[] statistics = problem.network(problem.training(), training).statistics();
    float[] before = statistics.clone();
    SearchState state = state();
    SearchStep step = new SearchStep(problem, order, Sgd.published(), Adam.published());
    step.run(state, training, validation, RATE);
    assertThat(statistics).containsExactly(before);

    SearchState twin = state();
    assertThat(twin.alphas()).isNotEqualTo(state.alphas());
    System.arraycopy(state.alphas(), 0, twin.alphas(), 0, twin.alphas().length);
    step.weights(twin, training, RATE);
    assertThat(state.weights()).containsExactly(twin.weights());
    assertThat(state.velocity()).containsExactly(twin.velocity());
  }

  @Test
  void divergenceIsNamedAndLeavesTheWeightsAlone() {
    SearchState state = state();
    var parameter = supernet.graph().parameters().all().get(3);
    state.weights()[parameter.offset()] = Float.NaN;
    float[] before = state.weights().clone();
    SearchStep step = step(SearchHypergradient.FIRST);
    assertThatThrownBy(() -> step.run(state, training, validation, RATE))
        .isInstanceOfSatisfying(
            DivergedException.class,
            e -> {
              assertThat(e.step()).isEqualTo(9);
              assertThat(e.tensor()).isEqualTo("validation loss");
              assertThat(e.value()).isNaN();
            })
        .hasMessage("diverged at step 9: validation loss is NaN; try a smaller learning rate");
    assertThat(state.weights()).containsExactly(before);
    assertThatThrownBy(() -> step.requireFiniteWeights(state))
        .hasMessageContaining(": " + parameter.name() + " is NaN");
  }

  @Test
  void theHashIsOfTheLittleEndianFloatsOfWeightsThenAlphas() throws Exception {
    SearchState state = SearchState.start(new float[] {1, -2.5f}, new float[] {0.25f});
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putFloat(1).putFloat(-2.5f).putFloat(0.25f);
    byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertThat(state.sha256()).isEqualTo(HexFormat.of().formatHex(sum));
  }

  @Test
  void aStepThatLeavesAlphaIsNoneOfAdams() {
    SearchState state = state();
    state.count(false);
    assertThat(state.steps()).isEqualTo(10);
    assertThat(state.alphaSteps()).isEqualTo(7);
  }

  @Test
  void statesThatDoNotFitTogetherAreRefused() {
    assertThatThrownBy(
            () ->
                new SearchState(
                    new float[2], new float[1], new float[1], new float[1], new float[1], 0, 0))
        .hasMessage("2 weights, but momentum of 1");
    assertThatThrownBy(
            () ->
                new SearchState(
                    new float[2], new float[2], new float[1], new float[2], new float[1], 0, 0))
        .hasMessage("1 alphas, but means of 2 and squares of 1");
    assertThatThrownBy(
            () ->
                new SearchState(
                    new float[2], new float[2], new float[1], new float[1], new float[1], 3, 4))
        .hasMessage("alpha steps is 4, expected 0 to 3");
  }
}
