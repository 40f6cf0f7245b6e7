package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.CentralDifference;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Partial;
import io.github.oche.data.Augmentation;
import io.github.oche.data.Batches;
import io.github.oche.data.Dataset;
import io.github.oche.data.Order;
import io.github.oche.engine.Node;
import io.github.oche.engine.Output;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;
import io.github.oche.engine.Workers;
import io.github.oche.space.Candidate;
import io.github.oche.space.CellSpace;
import io.github.oche.space.MacroNetwork;
import io.github.oche.space.Primitive;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SupernetObjectiveTest {
  private final Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(1, 8, 8), 4, 3, 3));
  private final Workers workers = new Workers(2);
  private final INDArray x =
      floats(Seeds.normal(supernet.graph().mixingSize(), 0.5, new SplittableRandom(1)));
  private final INDArray y =
      floats(supernet.graph().parameters().initialise(new SplittableRandom(2)));

  @AfterEach
  void close() {
    workers.close();
  }

  private SupernetProblem problem(SearchHypergradient order) {
    SupernetProblem problem = new SupernetProblem(supernet, 8, order, workers);
    problem.training().hold(batch(0));
    problem.validation().hold(batch(1));
    return problem;
  }

  static MiniBatch batch(long step) {
    Dataset data = Patterns.data(32);
    return MiniBatch.of(
        new Batches(data.train(), 8, Order.SHUFFLED, Augmentation.NONE, data.normalisation(), 5)
            .at(step));
  }

  private static INDArray floats(float[] values) {
    return Nd4j.createFromArray(values);
  }

  private INDArray direction(long n, long seed) {
    return floats(Seeds.normal((int) n, 1, new SplittableRandom(seed)));
  }

  @Test
  void gradientByAlphaIsTheSlopeOfTheValue() {
    SupernetObjective f = problem(SearchHypergradient.FIRST).training();
    INDArray d = direction(x.length(), 3);
    INDArray slope = f.gradient(x, y, Partial.X).dx();
    double expected = dot(slope, d);
    double e = 1e-2;
    double difference = (f.value(x.add(d.mul(e)), y) - f.value(x.sub(d.mul(e)), y)) / (2 * e);
    assertThat(difference)
        .isCloseTo(expected, offset(5e-3 * Math.sqrt(dot(slope, slope) * dot(d, d)) + 1e-5));
  }

  @Test
  void askingForOnePartGivesTheSameBitsAsAskingForBoth() {
    SupernetObjective f = problem(SearchHypergradient.FIRST).training();
    Gradient both = f.gradient(x, y, Partial.BOTH);
    float[] dx = both.dx().toFloatVector();
    float[] dy = both.dy().toFloatVector();
    assertThat(f.gradient(x, y, Partial.X).dx().toFloatVector()).containsExactly(dx);
    assertThat(f.gradient(x, y, Partial.Y).dy().toFloatVector()).containsExactly(dy);
    assertThat(f.value(x, y)).isEqualTo(both.value());
    assertThat(both.isExact()).isTrue();
  }

  @Test
  void exactProductIsSymmetric() {
    SupernetObjective f = problem(SearchHypergradient.EXACT).training();
    INDArray ax = direction(x.length(), 3);
    INDArray ay = direction(y.length(), 4);
    INDArray bx = direction(x.length(), 5);
    INDArray by = direction(y.length(), 6);
    Gradient ha = f.along(x, y, ax, ay, Partial.BOTH);
    assertThat(ha.isExact()).isTrue();
    double bha = dot(ha.dx(), bx) + dot(ha.dy(), by);
    Gradient hb = f.along(x, y, bx, by, Partial.BOTH);
    double ahb = dot(hb.dx(), ax) + dot(hb.dy(), ay);
    assertThat(bha).isCloseTo(ahb, offset(2e-4 * Math.abs(ahb)));
  }

  @Test
  void exactProductIsLinearInItsDirection() {
    SupernetObjective f = problem(SearchHypergradient.EXACT).training();
    INDArray dx = direction(x.length(), 3);
    INDArray dy = direction(y.length(), 4);
    INDArray onlyX = f.along(x, y, dx, null, Partial.X).dx().dup();
    INDArray onlyY = f.along(x, y, null, dy, Partial.X).dx().dup();
    INDArray both = f.along(x, y, dx, dy, Partial.X).dx();
    double scale = Math.sqrt(dot(both, both));
    INDArray rest = both.sub(onlyX).sub(onlyY);
    assertThat(Math.sqrt(dot(rest, rest))).isLessThan(1e-4 * scale);
    assertThat(f.along(x, y, null, null, Partial.X).dx().toFloatVector()).containsOnly(0f);
  }

  /**
   * A network without ReLU or maximum, whose gradient has no jumps: in the DARTS space a difference
   * of this size crosses so many that it points elsewhere than the derivative.
   */
  private static Supernet smooth() {
    Candidate pointwise =
        new Candidate(
            "pointwise",
            (g, x, channels, stride, style) ->
                g.batchNorm("norm", g.pointwise("conv", x, channels), style.affine()));
    CellSpace cell =
        new CellSpace(
            2,
            2,
            ImmutableList.of(
                Primitive.NONE.candidate(),
                Primitive.AVG_POOL_3X3.candidate(),
                Primitive.SKIP_CONNECT.candidate(),
                pointwise));
    MacroNetwork macro =
        (g, cells, style) -> {
          Node stem = g.convolution("stem", g.input(1, 8, 8), 4, Window.square(3, 1, 1, 1));
          Node first = g.batchNorm("norm", stem, true);
          Node second = cells.cell(g.at("cells.0"), ImmutableList.of(first, first), 4, false);
          Node narrow = g.pointwise("narrow", second, 4);
          Node last = cells.cell(g.at("cells.1"), ImmutableList.of(first, narrow), 4, false);
          return ImmutableList.of(
              new Output("logits", g.linear("classifier", g.globalAveragePool(last), 3), 1));
        };
    return Supernet.of(new SearchSpace(cell, cell, macro));
  }

  @Test
  void exactProductIsTheChangeOfTheGradientWhereThatHasNoJumps() {
    Supernet smooth = smooth();
    SupernetProblem problem = new SupernetProblem(smooth, 8, SearchHypergradient.EXACT, workers);
    problem.training().hold(batch(0));
    SupernetObjective f = problem.training();
    INDArray a = floats(Seeds.normal(smooth.graph().mixingSize(), 0.5, new SplittableRandom(1)));
    INDArray w = floats(smooth.graph().parameters().initialise(new SplittableRandom(2)));
    INDArray da = direction(a.length(), 3);
    INDArray dw = direction(w.length(), 4);
    CentralDifference differences = CentralDifference.ofRadius(0.02);
    for (INDArray[] d : new INDArray[][] {{da, null}, {null, dw}, {da, dw}}) {
      Gradient exact = f.along(a, w, d[0], d[1], Partial.BOTH);
      INDArray byAlpha = exact.dx().dup();
      INDArray byWeights = exact.dy().dup();
      Gradient difference = differences.along(f, a, w, d[0], d[1], Partial.BOTH);
      assertThat(distance(byAlpha, difference.dx())).isLessThan(0.01);
      assertThat(distance(byWeights, difference.dy())).isLessThan(0.01);
    }
  }

  private static double distance(INDArray a, INDArray b) {
    INDArray difference = a.sub(b);
    return Math.sqrt(dot(difference, difference) / dot(a, a));
  }

  @Test
  void withoutAPlanForItTheProductIsADifference() {
    SupernetObjective f = problem(SearchHypergradient.FIRST).training();
    assertThat(f.along(x, y, direction(x.length(), 3), null, Partial.X).isExact()).isFalse();
  }

  @Test
  void theTwoObjectivesKeepTheirBatches() {
    SupernetProblem problem = problem(SearchHypergradient.FIRST);
    double training = problem.training().value(x, y);
    double validation = problem.validation().value(x, y);
    assertThat(training).isNotEqualTo(validation);
    assertThat(problem.training().value(x, y)).isEqualTo(training);
    assertThat(problem.validation().value(x, y)).isEqualTo(validation);
    problem.training().hold(batch(1));
    assertThat(problem.training().value(x, y)).isEqualTo(validation);
  }

  @Test
  void argumentsSurviveBitForBit() {
    SupernetObjective f = problem(SearchHypergradient.EXACT).training();
    INDArray dx = direction(x.length(), 3);
    INDArray dy = direction(y.length(), 4);
    INDArray[] arguments = {x, y, dx, dy};
    float[][] before = new float[4][];
    for (int i = 0; i < 4; i++) {
      before[i] = arguments[i].toFloatVector();
    }
    f.gradient(x, y, Partial.BOTH);
    f.along(x, y, dx, dy, Partial.BOTH);
    for (int i = 0; i < 4; i++) {
      assertThat(arguments[i].toFloatVector()).containsExactly(before[i]);
    }
  }

  @Test
  void wrongVectorsAndAMissingBatchAreRefused() {
    SupernetProblem problem = new SupernetProblem(supernet, 8, SearchHypergradient.FIRST, workers);
    assertThatThrownBy(() -> problem.training().value(x, y)).hasMessageContaining("holds no batch");
    problem.training().hold(batch(0));
    assertThatThrownBy(() -> problem.training().value(y, x)).hasMessageContaining("x is FLOAT of");
    INDArray wide = x.castTo(DataType.DOUBLE);
    assertThatThrownBy(() -> problem.training().value(wide, y))
        .hasMessageContaining("x is DOUBLE of");
    assertThatThrownBy(() -> new MiniBatch(new float[64], new int[1], 0))
        .hasMessageContaining("count is 0");
  }

  static double dot(INDArray a, INDArray b) {
    float[] u = a.toFloatVector();
    float[] v = b.toFloatVector();
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += (double) u[i] * v[i];
    }
    return sum;
  }
}
