package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Shape;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DiscretisationTest {
  private static final CellSpace TWO_NODES =
      CellSpace.of(2, 2, Primitive.NONE, Primitive.MAX_POOL_3X3, Primitive.SKIP_CONNECT);

  /**
   * alphas.safetensors holds the architecture weights of a supernet, and what the published code
   * derives from them.
   */
  @Test
  void findsTheGenotypeThatThePublishedCodeFinds() throws IOException, URISyntaxException {
    Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(3, 32, 32), 4, 4, 10));
    Path path =
        Path.of(Objects.requireNonNull(getClass().getResource("alphas.safetensors")).toURI());
    try (SafeTensors file = SafeTensors.open(path)) {
      double[] alpha = join(file.doubles("alphas_normal"), file.doubles("alphas_reduce"));
      Genotype genotype =
          supernet.genotype(supernet.softmax().weights(alpha), Discretisation.published());
      assertThat(genotype).hasToString(file.metadata().get("genotype"));
    }
  }

  @Test
  void ofEqualsTheLowerEdgeAndTheFirstCandidateWin() {
    double[][] equal = new double[5][3];
    Arrays.stream(equal).forEach(row -> Arrays.fill(row, 1 / 3.0));
    assertThat(Discretisation.published().cell(TWO_NODES, equal))
        .isEqualTo(
            new CellGenotype(
                ImmutableList.of(
                    new Gene("max_pool_3x3", 0),
                    new Gene("max_pool_3x3", 1),
                    new Gene("max_pool_3x3", 0),
                    new Gene("max_pool_3x3", 1)),
                ImmutableList.of(2, 3)));
  }

  @Test
  void noneIsNeverChosenAndWeightsAreNotRenormalisedWithoutIt() {
    double[][] weights = {
      {.9, .04, .06}, // mostly none: weak, although skip_connect leads the rest by far
      {.1, .5, .4},
      {.1, .2, .7},
      {.6, .3, .1},
      {.2, .39, .41},
    };
    assertThat(Discretisation.published().cell(TWO_NODES, weights).genes())
        .containsExactly(
            new Gene("max_pool_3x3", 1), // the stronger edge stands first
            new Gene("skip_connect", 0),
            new Gene("skip_connect", 0),
            new Gene("skip_connect", 2));
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() {
    double[][] weights = new double[5][3];
    weights[3][0] = Double.NaN;
    assertThatThrownBy(() -> Discretisation.published().cell(TWO_NODES, weights))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the weight of none is NaN");
  }

  @Test
  void wrongShapesAndSpacesAreRefused() {
    Discretisation rule = Discretisation.published();
    assertThatThrownBy(() -> rule.cell(TWO_NODES, new double[4][3]))
        .hasMessage("weights of 4 edges, expected 5");
    assertThatThrownBy(() -> rule.cell(TWO_NODES, new double[5][2]))
        .hasMessage("weights of 2 candidates, expected 3");
    assertThatThrownBy(() -> rule.cell(CellSpace.of(2, 1, Primitive.NONE), new double[2][1]))
        .hasMessage("the space has no candidate but none");
    assertThatThrownBy(() -> rule.cell(CellSpace.of(1, 3, Primitive.NONE), new double[6][1]))
        .hasMessage("a genotype has cells with two inputs, this space's have 1");
  }

  private static double[] join(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
