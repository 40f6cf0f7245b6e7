package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.engine.kernel.TestKernels;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaveTest {
  private static Plan plan(Graph graph) {
    return Plan.of(graph, 2, Plan.Purpose.SECOND_ORDER, TestKernels.plain(8));
  }

  private static Plan supernet() {
    return plan(Supernet.of(SearchSpace.darts(new Shape(3, 8, 8), 8, 3, 10)).graph());
  }

  @Test
  void allConvolutionsThatReadAStateGoTogether() {
    long first =
        supernet().waves().stream()
            .mapToLong(
                wave ->
                    wave.steps().stream()
                        .filter(s -> s instanceof SeparableStep && s.part().startsWith("cells.0."))
                        .count())
            .max()
            .orElseThrow();
    assertThat(first)
        .as("separable and dilated 3x3 and 5x5 of 8 edges, and the second half of 8 x 2 before")
        .isGreaterThanOrEqualTo(8 * 4);
  }

  @Test
  void nothingReadsABatchNormThatItsOwnWaveMeasures() {
    for (Wave wave : supernet().waves()) {
      Set<Tensor> written = new HashSet<>();
      for (Step step : wave.steps()) {
        if (step instanceof NormStep norm) {
          assertThat(written).as(norm.part()).doesNotContain(norm.input());
        }
        written.add(step.out);
      }
    }
  }

  @Test
  void stepsOfAWaveShareNeitherSumsNorWeightGradients() {
    for (Wave wave : supernet().waves()) {
      int sums = 0;
      int partials = 0;
      for (Step step : wave.steps()) {
        assertThat(step.sumsAt()).isEqualTo(sums);
        assertThat(step.partialsAt()).isEqualTo(partials);
        sums += step.sums(2, true);
        partials += step.partials();
      }
      assertThat(wave.sums()).isEqualTo(sums);
      assertThat(wave.partials()).isEqualTo(partials);
    }
  }

  @Test
  void aNormWhoseInputOthersReadRunsAlone() {
    GraphBuilder g = new GraphBuilder();
    Node z = g.pointwise("z", g.input(3, 4, 4), 8);
    Node y = g.add(List.of(z, g.batchNorm("n", z, true)));
    Graph graph =
        g.build(List.of(new Output("logits", g.linear("l", g.globalAveragePool(y), 2), 1)));
    assertThat(plan(graph).waves())
        .filteredOn(wave -> wave.steps().stream().anyMatch(NormStep.class::isInstance))
        .singleElement()
        .satisfies(wave -> assertThat(wave.steps()).hasSize(1));
  }
}
