package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.engine.kernel.TestKernels;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotypes;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerTest {
  private static long count(Plan plan, Class<? extends Step> type) {
    return plan.steps().stream().filter(type::isInstance).count();
  }

  private static Plan plan(Graph graph, int lanes) {
    return Plan.of(graph, 2, Plan.Purpose.SECOND_ORDER, TestKernels.plain(lanes));
  }

  private static Graph supernet(int channels) {
    return Supernet.of(SearchSpace.darts(new Shape(3, 8, 8), channels, 3, 10)).graph();
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "16, 8", "8, 8", "4, 4"})
  void statesThatFillTheirBlocksAreJoinedWhereTheyAreWritten(int channels, int lanes) {
    assertThat(count(plan(supernet(channels), lanes), ConcatStep.class)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"36, 8, 0", "36, 16, 1", "20, 8, 0", "12, 8, 1"})
  void statesThatDenseConvolutionsReadMayLeaveSomeLanesEmpty(int channels, int lanes, int copied) {
    // so many channels in the first cell, twice as many in the second, four times in the third
    DartsMacro macro = DartsMacro.of(new Shape(3, 8, 8), channels, 3, 10);
    Graph graph = DerivedNetwork.of(Genotypes.named("DARTS_V2"), macro, true).graph();
    assertThat(count(plan(graph, lanes), ConcatStep.class)).isEqualTo(copied);
  }

  @Test
  void otherStatesAreJoinedByCopying() {
    // 4 channels in the first cell, 8 in the second, 16 in the third
    assertThat(count(plan(supernet(4), 16), ConcatStep.class)).isEqualTo(2);
  }

  @Test
  void aSupernetStoresNeitherInnerNormsNorRectifiersNorDepthwiseResults() {
    Plan plan = plan(supernet(16), 16);
    assertThat(count(plan, DepthwiseStep.class)).isZero();
    long norms = supernet(16).nodes().stream().filter(n -> n.op() instanceof Op.BatchNorm).count();
    long stored =
        plan.steps().stream().filter(s -> s.out.norm == null && s instanceof NormStep).count();
    assertThat(stored).isLessThan(norms / 10);
    assertThat(count(plan, SumStep.class)).as("one an edge").isEqualTo(3 * 14);
  }

  @Test
  void deadNodesAreNotRun() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input(3, 4, 4);
    g.maxPool(g.convolution("dead", x, 8, Window.square(3, 1, 1, 1)), 3, 1, 1);
    Node logits = g.linear("classifier", g.globalAveragePool(g.pointwise("live", x, 4)), 2);
    Graph graph = g.build(List.of(new Output("logits", logits, 1)));
    assertThat(plan(graph, 8).steps()).hasSize(4);
    assertThat(graph.parameters().contains("dead.weight")).isTrue();
  }
}
