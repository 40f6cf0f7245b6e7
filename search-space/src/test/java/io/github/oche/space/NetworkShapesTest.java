package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Iterables;
import com.google.common.io.Resources;
import com.google.common.primitives.Ints;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Output;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the networks of the space are made of; nothing runs. */
class NetworkShapesTest {
  private static final Shape CIFAR = new Shape(3, 32, 32);

  private static ImmutableSortedSet<String> names(Iterable<Parameter> parameters) {
    ImmutableSortedSet.Builder<String> names = ImmutableSortedSet.naturalOrder();
    for (Parameter p : parameters) {
      names.add(p.name() + " " + Joiner.on('x').join(p.shape().asList()));
    }
    return names.build();
  }

  private static ImmutableSortedSet<String> published(String resource) throws IOException {
    return ImmutableSortedSet.copyOf(
        Resources.readLines(
            Resources.getResource(NetworkShapesTest.class, resource), StandardCharsets.UTF_8));
  }

  @Test
  void parametersOfASupernetHaveThePublishedNamesAndShapes() throws IOException {
    Supernet supernet = Supernet.of(SearchSpace.darts(CIFAR, 4, 4, 10));
    assertThat(names(supernet.graph().parameters().all()))
        .isEqualTo(published("supernet-c4-l4-names.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "DARTS_V2, 8, true, darts-v2-c8-l5-names.txt",
    "NASNet, 6, false, nasnet-c6-l5-names.txt"
  })
  void parametersOfADerivedNetworkHaveThePublishedNamesAndShapes(
      String name, int channels, boolean auxiliary, String resource) throws IOException {
    DartsMacro macro = DartsMacro.of(CIFAR, channels, 5, 10).withAuxiliary(auxiliary ? 0.4 : 0);
    Graph graph = DerivedNetwork.of(Genotypes.named(name), macro, false).graph();
    assertThat(names(Iterables.concat(graph.parameters().all(), graph.statistics().all())))
        .isEqualTo(published(resource));
  }

  @Test
  void oneSeparableConvolutionByHand() {
    GraphBuilder g = new GraphBuilder();
    Node x = g.input(6, 8, 8);
    Node y = Primitive.SEP_CONV_3X3.apply(g, x, 6, 2, Style.DERIVED);
    Graph graph =
        g.build(ImmutableList.of(new Output("y", g.linear("fc", g.globalAveragePool(y), 2), 1)));
    // twice depthwise 6 * 9, pointwise 6 * 6, batch norm 2 * 6; linear 2 * 6 + 2
    assertThat(Cost.of(graph))
        .isEqualTo(new Cost(2 * (54 + 36 + 12) + 14, 0, 2 * (54 + 36) * 16 + 12));
  }

  @Test
  void aPairOfLineConvolutionsByHand() {
    for (int size : new int[] {3, 7}) {
      Primitive primitive = size == 3 ? Primitive.CONV_3X1_1X3 : Primitive.CONV_7X1_1X7;
      GraphBuilder g = new GraphBuilder();
      Node x = g.input(6, 8, 8);
      Node y = primitive.apply(g, x, 6, 2, Style.DERIVED);
      Graph graph =
          g.build(ImmutableList.of(new Output("y", g.linear("fc", g.globalAveragePool(y), 2), 1)));
      // two kernels of one line, 6 * 6 * size, the first on maps of 8x4, the second of 4x4
      int kernel = 36 * size;
      assertThat(Cost.of(graph))
          .isEqualTo(new Cost(2 * kernel + 12 + 14, 0, kernel * (32 + 16) + 12));
    }
  }

  @Test
  void whatNoOutputReadsCostsButIsNotComputed() {
    Genotype genotype =
        Genotype.parse(
            "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1), ('sep_conv_3x3', 0), ('none', 1)],"
                + " normal_concat=[2], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1)], reduce_concat=[2])");
    Graph graph = DerivedNetwork.of(genotype, DartsMacro.of(CIFAR, 2, 4, 10), false).graph();
    Stream<Node> unread = graph.unread().stream();
    assertThat(unread.filter(n -> n.op() instanceof Op.Depthwise)).hasSize(2 * 2); // 2 normal cells
    assertThat(graph.nodes()).doesNotContainAnyElementsOf(graph.unread());
    Genotype without =
        Genotype.parse(
            "Genotype(normal=[('skip_connect', 0), ('skip_connect', 1)], normal_concat=[2],"
                + " reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1)], reduce_concat=[2])");
    Graph plain = DerivedNetwork.of(without, DartsMacro.of(CIFAR, 2, 4, 10), false).graph();
    assertThat(plain.unread()).isEmpty();
    assertThat(plain.nodes()).hasSameSizeAs(graph.nodes());
    // the first of 2 channels on 32x32, the last of 8 on 8x8; each twice depthwise and pointwise
    long unreadAdds = 2 * (2 * 9 + 2 * 2) * 1024 + 2 * (8 * 9 + 8 * 8) * 64;
    assertThat(Cost.of(graph).multiplyAdds() - Cost.of(plain).multiplyAdds()).isEqualTo(unreadAdds);
  }

  @ParameterizedTest
  @EnumSource(Primitive.class)
  void everyPrimitiveKeepsTheSidesOrHalvesThem(Primitive primitive) {
    for (Style style : Style.values()) {
      GraphBuilder g = new GraphBuilder();
      Node x = g.input(6, 8, 12);
      assertThat(primitive.apply(g.at("a"), x, 6, 1, style).shape()).isEqualTo(new Shape(6, 8, 12));
      assertThat(primitive.apply(g.at("b"), x, 6, 2, style).shape()).isEqualTo(new Shape(6, 4, 6));
    }
    assertThat(Primitive.named(primitive.text())).isEqualTo(primitive);
  }

  @Test
  void anUnknownOperationIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Primitive.named("sep_conv_3x4"))
        .hasMessage("unknown operation \"sep_conv_3x4\"; nearest known: sep_conv_3x3");
  }

  @Test
  void edgesAreNumberedNodeByNode() {
    CellSpace space = CellSpace.darts();
    assertThat(space.edges()).isEqualTo(14);
    assertThat(space.firstEdge(2)).isEqualTo(5);
    assertThat(space.node(4)).isEqualTo(1);
    assertThat(space.from(4)).isEqualTo(2);
    assertThat(space.from(13)).isEqualTo(4);
    assertThat(CellSpace.of(1, 3, Primitive.NONE).edges()).isEqualTo(6);
  }

  /** The published formula, worked by hand for small depths. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0 1", "3, 1 2", "4, 1 2", "5, 1 3", "6, 2 4", "8, 2 5", "20, 6 13"})
  void reductionsStandAtAThirdAndTwoThirds(int cells, String reductions) {
    DartsMacro macro = DartsMacro.of(CIFAR, 2, cells, 10);
    List<Integer> expected =
        Splitter.on(' ').splitToStream(reductions).map(Ints::tryParse).toList();
    assertThat(Stream.iterate(0, i -> i + 1).limit(cells).filter(macro::isReduction))
        .isEqualTo(expected);
    Graph graph = Supernet.of(new SearchSpace(CellSpace.darts(), CellSpace.darts(), macro)).graph();
    int side = expected.size() == 1 ? 16 : 8;
    int width =
        expected.size() == 1 ? 16 : 32; // four nodes of 2 channels, doubled at each reduction
    Node pool = graph.outputs().get(0).logits().inputs().get(0);
    assertThat(pool.inputs().get(0).shape()).isEqualTo(new Shape(width, side, side));
    assertThat(graph.mixingSize()).isEqualTo(224);
  }

  @Test
  void oneChannelAndGreyImagesAndOblongImagesWork() {
    Graph graph = Supernet.of(SearchSpace.darts(new Shape(1, 28, 12), 1, 3, 2)).graph();
    assertThat(graph.input()).isEqualTo(new Shape(1, 28, 12));
    assertThat(graph.parameters().get("stem.0.weight").shape().asList())
        .containsExactly(3, 1, 3, 3);
  }

  @Test
  void everythingButAnIdentityIsADropPath() {
    DartsMacro macro = DartsMacro.of(CIFAR, 4, 3, 10); // a normal cell and two reductions
    DerivedNetwork network = DerivedNetwork.of(Genotypes.named("DARTS_V1"), macro, true);
    // the normal cell's three skips are identities; of the reductions' three, those that read node
    // 2 are, too
    assertThat(network.dropPaths()).hasSize(5 + 2 * 5);
    assertThat(network.dropPaths().get(0)).isEqualTo(new DerivedNetwork.DropPath(0, 0, 0));
    assertThat(network.dropPaths())
        .isSortedAccordingTo(Comparator.comparingInt(DerivedNetwork.DropPath::slot));
    assertThat(
            network.dropPaths().stream()
                .filter(d -> d.cell() == 2)
                .map(DerivedNetwork.DropPath::operation))
        .containsExactly(0, 1, 3, 4, 7);
    assertThat(network.graph().dropPaths()).isEqualTo(15);
    assertThat(DerivedNetwork.of(Genotypes.named("DARTS_V1"), macro, false).graph().dropPaths())
        .isZero();
  }

  @Test
  void aDoubledOperationOnOneStateCountsTwice() {
    Graph graph =
        DerivedNetwork.of(Genotypes.named("NASNet"), DartsMacro.of(CIFAR, 4, 3, 10), false).graph();
    Stream<Node> doubled =
        graph.nodes().stream()
            .filter(
                n ->
                    n.op() instanceof Op.WeightedSum
                        && n.inputs().size() == 2
                        && n.inputs().get(0) == n.inputs().get(1));
    assertThat(doubled).hasSize(1); // the two average poolings of the one normal cell
  }

  @Test
  void poolingsOfAStateAreSharedByAllEdgesThatLeaveIt() {
    Graph graph = Supernet.of(SearchSpace.darts(CIFAR, 4, 3, 10)).graph();
    long pools = graph.nodes().stream().filter(n -> n.op() instanceof Op.MaxPool).count();
    // a normal cell has five states that edges leave; a reduction as well, none with both strides
    assertThat(pools).isEqualTo(3 * 5);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAuxiliaryHeadStandsWhereItIsAskedFor(boolean auxiliary) {
    DartsMacro macro = DartsMacro.of(CIFAR, 4, 2, 10).withAuxiliary(auxiliary ? 0.25 : 0);
    Graph graph = DerivedNetwork.of(Genotypes.named("DARTS_V2"), macro, false).graph();
    assertThat(graph.outputs()).hasSize(auxiliary ? 2 : 1);
    assertThat(graph.outputs().get(0).weight()).isEqualTo(1);
    if (auxiliary) {
      assertThat(graph.outputs().get(1).weight()).isEqualTo(0.25);
    }
  }

  @Test
  void theImageNetNetworkHalvesTheSidesFiveTimes() {
    ImageNetMacro macro = ImageNetMacro.of(new Shape(3, 224, 256), 4, 14, 1000);
    Graph graph = DerivedNetwork.of(Genotypes.named("DARTS_V1"), macro, false).graph();
    Node pool = graph.outputs().get(0).logits().inputs().get(0);
    assertThat(pool.inputs().get(0).shape()).isEqualTo(new Shape(4 * 4 * 4, 7, 8));
    assertThat(graph.parameters().get("stem0.0.weight").shape().asList())
        .containsExactly(2, 3, 3, 3);
    assertThat(graph.parameters().get("stem1.1.weight").shape().asList())
        .containsExactly(4, 4, 3, 3);
    Graph trained =
        DerivedNetwork.of(Genotypes.named("DARTS_V1"), macro.withAuxiliary(0.4), true).graph();
    assertThat(trained.outputs()).hasSize(2);
  }

  @Test
  void impossibleImageNetNetworksAreRefused() {
    Shape image = new Shape(3, 224, 224);
    assertThatThrownBy(() -> ImageNetMacro.of(image, 47, 14, 1000))
        .hasMessage("channels is 47, expected an even number from 2 to 4096");
    assertThatThrownBy(() -> ImageNetMacro.of(image, 48, 0, 1000))
        .hasMessage("cells is 0, expected 1 to 1000");
    assertThatThrownBy(() -> ImageNetMacro.of(image, 48, 14, 1))
        .hasMessageStartingWith("classes is 1, expected 2");
    assertThatThrownBy(() -> ImageNetMacro.of(new Shape(3, 224, 230), 48, 14, 1000))
        .hasMessageContaining("image width is 230, expected a multiple of 32");
    assertThatThrownBy(() -> ImageNetMacro.of(new Shape(3, 192, 192), 48, 14, 9).withAuxiliary(1))
        .hasMessageStartingWith("an auxiliary head needs images of 224x224 or 256x256");
    assertThatThrownBy(() -> ImageNetMacro.of(image, 48, 1, 9).withAuxiliary(1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void impossibleNetworksAreRefused() {
    assertThatThrownBy(() -> DartsMacro.of(CIFAR, 0, 8, 10))
        .hasMessage("channels is 0, expected 1 to 4096");
    assertThatThrownBy(() -> DartsMacro.of(CIFAR, 16, 0, 10))
        .hasMessage("cells is 0, expected 1 to 1000");
    assertThatThrownBy(() -> DartsMacro.of(CIFAR, 16, 8, 1))
        .hasMessageStartingWith("classes is 1, expected 2");
    assertThatThrownBy(() -> DartsMacro.of(new Shape(3, 30, 32), 16, 8, 10))
        .hasMessage(
            "image height is 30, expected a multiple of 4, because reductions halve it; the nearest is 32");
    assertThatThrownBy(() -> DartsMacro.of(new Shape(3, 32, 1), 16, 8, 10))
        .hasMessageContaining("the nearest is 4");
    assertThatThrownBy(() -> DartsMacro.of(new Shape(3, 28, 28), 16, 8, 10).withAuxiliary(0.4))
        .hasMessageStartingWith("an auxiliary head needs images of 32x32 and at least two cells");
    assertThatThrownBy(() -> DartsMacro.of(CIFAR, 16, 1, 10).withAuxiliary(0.4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DartsMacro.of(CIFAR, 16, 8, 10).withAuxiliary(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CellSpace.of(0, 4, Primitive.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CellSpace.of(2, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CellSpace.of(2, 4, Primitive.NONE, Primitive.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anOperationThatTheSpaceLacksIsRefused() {
    assertThatThrownBy(
            () ->
                DerivedNetwork.of(
                    Genotypes.named("NASNet"),
                    DartsMacro.of(CIFAR, 4, 2, 10),
                    CellSpace.darts().candidates(),
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown operation \"sep_conv_7x7\" in the reduction cell; nearest known: sep_conv_3x3");
  }
}
