package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder g = new GraphBuilder();
  private final Node x = g.input(3, 4, 6);

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  private Output output(Node y) {
    return new Output("logits", g.linear("classifier", g.globalAveragePool(y), 10), 1);
  }

  @Test
  void equalComputationsAreOneNode() {
    assertThat(g.relu(x)).isSameAs(g.at("elsewhere").relu(x));
    assertThat(g.maxPool(x, 3, 1, 1)).isSameAs(g.maxPool(x, 3, 1, 1));
    assertThat(g.maxPool(x, 3, 1, 1)).isNotSameAs(g.averagePool(x, 3, 1, 1));
    assertThat(g.maxPool(x, 3, 1, 1)).isNotSameAs(g.maxPool(x, 3, 2, 1));
    assertThat(g.add(List.of(x, x))).isSameAs(g.add(List.of(x, x)));
    assertThat(g.batchNorm("a", x, false)).isSameAs(g.batchNorm("b", x, false));
    assertThat(g.batchNorm("c", x, true)).isNotSameAs(g.batchNorm("d", x, true));
    assertThat(g.pointwise("e", x, 3)).isNotSameAs(g.pointwise("f", x, 3));
    assertThat(g.dropPath(x)).isNotSameAs(g.dropPath(x));
    assertThat(g.zeros(new Shape(1, 2, 3))).isNotSameAs(g.zeros(new Shape(3, 2, 1)));
    assertThat(g.concat(List.of(x))).isSameAs(x);
  }

  @Test
  void parametersLieOneAfterTheOtherUnderTheirNames() {
    GraphBuilder cell = g.at("cells.0").at("op");
    Node y = cell.convolution("1", x, 8, new Window(1, 7, 1, 2, 0, 3, 1));
    y = cell.batchNorm("2", cell.depthwise("d", y, Window.square(3, 1, 1, 1)), true);
    Graph graph = g.build(List.of(output(y)));
    assertThat(graph.parameters().all().stream().map(p -> p.name() + " " + p.shape()))
        .containsExactly(
            "cells.0.op.1.weight [8, 3, 1, 7]",
            "cells.0.op.d.weight [8, 1, 3, 3]",
            "cells.0.op.2.weight [8]",
            "cells.0.op.2.bias [8]",
            "classifier.weight [10, 8]",
            "classifier.bias [10]");
    int end = 0;
    for (Parameter p : graph.parameters().all()) {
      assertThat(p.offset()).isEqualTo(end);
      end = p.end();
    }
    assertThat(graph.parameters().size()).isEqualTo(end);
    assertThat(graph.statistics().all().stream().map(Parameter::name))
        .containsExactly("cells.0.op.2.running_mean", "cells.0.op.2.running_var");
  }

  @Test
  void initialValuesAreUniformWithinOneOverTheRootOfTheFanIn() {
    Node y = g.batchNorm("n", g.convolution("c", x, 200, Window.square(3, 1, 1, 1)), true);
    ParameterTable table = g.build(List.of(output(y))).parameters();
    float[] w = table.initialise(new SplittableRandom(1));
    double bound = 1 / Math.sqrt(27);
    double square = 0;
    Parameter p = table.get("c.weight");
    for (int i = p.offset(); i < p.end(); i++) {
      assertThat((double) w[i]).isBetween(-bound, bound);
      square += w[i] * (double) w[i] / p.size();
    }
    assertThat(square * 3 / (bound * bound))
        .isBetween(0.95, 1.05); // four deviations of 5400 values
    assertThat(w[table.get("n.weight").offset()]).isOne();
    assertThat(w[table.get("n.bias").offset()]).isZero();
    assertThat(table.initialise(new SplittableRandom(1))).isEqualTo(w);
  }

  @Test
  void oneNameIsOneMixture() {
    Mixture a = g.mixture("a", 2, 3);
    Mixture b = g.mixture("b", 1, 4);
    assertThat(g.at("cells.1").mixture("a", 2, 3)).isEqualTo(a);
    assertThat(b.weight(0, 3)).isEqualTo(new MixtureWeight(9));
    assertRefused(() -> g.mixture("a", 3, 2), "a is 2x3, asked for as 3x2");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> a.weight(2, 0))
        .withMessageContaining("row of a");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> a.weight(0, 3))
        .withMessageContaining("column of a");
  }

  @Test
  void namesAreUnique() {
    g.at("a").pointwise("b", x, 3);
    assertRefused(() -> g.pointwise("a.b", x, 3), "two parameters are called \"a.b.weight\"");
  }

  @Test
  void shapesMustMatch() {
    Node y = g.pointwise("y", x, 4);
    Node z = g.maxPool(x, 2, 2, 0);
    assertRefused(() -> g.add(List.of(x, y)), "cannot add shapes 3x4x6 and 4x4x6");
    assertRefused(() -> g.concat(List.of(x, z)), "cannot join shapes 3x4x6 and 3x2x3");
    assertRefused(() -> g.add(List.of()), "a sum needs at least one input");
    assertRefused(() -> g.concat(List.of()), "a join needs at least one input");
    assertRefused(
        () -> g.weightedSum(List.of(MixtureWeight.ONE), List.of(x, x)), "1 weights for 2 inputs");
    assertRefused(
        () -> g.linear("l", x, 10), "a linear layer reads one pixel, not 3x4x6; average first");
  }

  @Test
  void windowsMustFit() {
    assertRefused(
        () -> g.convolution("c", x, 4, Window.square(3, 1, 3, 1)),
        "padding of 3 rows must lie between 0 and dilation * (rows - 1) = 2");
    assertRefused(
        () -> g.convolution("c", x, 4, Window.square(7, 1, 0, 1)),
        "a 7x7 window with dilation 1 does not fit into 3x4x6");
    assertRefused(() -> Window.square(3, 0, 1, 1), "stride must be positive");
    assertRefused(() -> Window.square(0, 1, 0, 1), "kernel 0x0 must be positive");
    assertRefused(() -> Window.square(3, 1, 1, 0), "dilation must be positive, was 0");
    assertRefused(
        () -> g.depthwise("c", x, new Window(3, 3, 1, 2, 1, 1, 1)),
        "a depthwise convolution moves equally in both directions, not by 1 rows and 2 columns");
    assertRefused(() -> g.maxPool(x, 3, 1, 2), "padding 2 must be at most half of the window 3");
    assertRefused(
        () -> g.averagePool(x, 5, 1, 0), "a 5x5 window with dilation 1 does not fit into 3x4x6");
    assertRefused(
        () -> g.factorizedReduce("a", "b", x, 5), "channels must be even to be halved, were 5");
    Node odd = g.input(3, 5, 6);
    assertRefused(
        () -> g.factorizedReduce("a", "b", odd, 4), "sides must be even to be halved, were 3x5x6");
    assertRefused(() -> g.pointwise("c", x, 0), "c.weight has no channels");
    assertRefused(() -> new Shape(0, 1, 1), "shape 0x1x1 must be positive in all three dimensions");
  }

  @Test
  void nodesBelongToOneGraph() {
    Node foreign = new GraphBuilder().input(3, 4, 6);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.relu(foreign))
        .withMessageContaining("belongs to another graph");
  }

  @Test
  void outputsAreLinearLayersThatNothingElseReads() {
    assertRefused(() -> g.build(List.of()), "a graph needs at least one output");
    Output features = new Output("features", g.globalAveragePool(x), 1);
    assertRefused(() -> g.build(List.of(features)), "output \"features\" must be a linear layer");
    Output logits = output(x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.build(List.of(logits, new Output("again", logits.logits(), 0.4))))
        .withMessageStartingWith("2 outputs have the same logits");
    Output deep = new Output("deep", g.linear("deep", g.relu(logits.logits()), 3), 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> g.build(List.of(deep)))
        .withMessageEndingWith("reads a linear layer; use a pointwise one");
  }

  @Test
  void imagesHaveOneShape() {
    String message =
        "the outputs must depend on images of one shape; is every way to them a \"none\"?";
    Node other = g.globalAveragePool(g.input(3, 5, 6));
    Output two = output(g.add(List.of(other, g.globalAveragePool(x))));
    assertRefused(() -> g.build(List.of(two)), message);
    Node zeros = g.zeros(new Shape(3, 1, 1));
    assertRefused(() -> g.build(List.of(new Output("z", g.linear("z", zeros, 2), 1))), message);
  }

  @Test
  void unknownParametersAreNamed() {
    ParameterTable table = g.build(List.of(output(x))).parameters();
    assertRefused(() -> table.get("stem"), "the network has no parameter \"stem\"");
  }
}
