package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Costs against {@code costs.csv}: counted by PyTorch 1.13 in the released {@code model.py} of
 * quark0/darts (f276dd3), those of edge lists in that of FairDARTS (270cfc9).
 */
class PublishedCostsTest {
  private static final Shape CIFAR = new Shape(3, 32, 32);

  /** One line of the file. */
  record Row(
      String genotype,
      int channels,
      int cells,
      int classes,
      int image,
      boolean auxiliary,
      long parameters,
      long multiplyAdds) {
    static Row parse(String line) {
      List<String> f = Splitter.on(',').splitToList(line);
      return new Row(
          f.get(0),
          Integer.parseInt(f.get(1)),
          Integer.parseInt(f.get(2)),
          Integer.parseInt(f.get(3)),
          Integer.parseInt(f.get(4)),
          Boolean.parseBoolean(f.get(5)),
          Long.parseLong(f.get(6)),
          Long.parseLong(f.get(7)));
    }

    MacroNetwork macro() {
      Shape shape = new Shape(3, image, image);
      double weight = auxiliary ? 0.4 : 0;
      return image == 224
          ? new ImageNetMacro(shape, channels, cells, classes, weight)
          : new DartsMacro(shape, channels, cells, classes, weight);
    }

    Graph graph() {
      return genotype.equals("SUPERNET")
          ? Supernet.of(new SearchSpace(CellSpace.darts(), CellSpace.darts(), macro())).graph()
          : Genotypes.find(genotype).orElseThrow().graph(macro());
    }
  }

  private static ImmutableList<Row> rows() throws IOException {
    return Resources.readLines(
            Resources.getResource(PublishedCostsTest.class, "costs.csv"), StandardCharsets.UTF_8)
        .stream()
        .skip(1)
        .map(Row::parse)
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void costsAreThoseOfThePublishedCode() throws IOException {
    ImmutableList<Row> rows = rows();
    assertThat(rows).hasSize(1 + 2 * 418 + 2 * 122);
    for (Row row : rows) {
      Cost cost = Cost.of(row.graph());
      assertThat(cost.parametersWithAuxiliary()).as("%s", row).isEqualTo(row.parameters());
      assertThat(cost.multiplyAdds()).as("%s", row).isEqualTo(row.multiplyAdds());
      assertThat(cost.auxiliaryParameters() > 0).as("%s", row).isEqualTo(row.auxiliary());
    }
  }

  @Test
  void allThatFitButFiveHaveARow() throws IOException {
    ImmutableSet<String> counted =
        rows().stream().map(Row::genotype).collect(ImmutableSet.toImmutableSet());
    Stream<String> without =
        Genotypes.published().stream()
            .filter(PublishedGenotype::fits)
            .map(PublishedGenotype::name)
            .filter(name -> !counted.contains(name));
    assertThat(without)
        .containsExactlyInAnyOrder(
            "SETN",
            "SNAS_mild_edge_all",
            "SNAS_moderate_edge_all",
            "SNAS_aggressive_edge_all",
            "SNAS_aggresive_edge_all");
  }

  /** The authors of SNAS published these cells in both forms, with and without the edges "none". */
  @ParameterizedTest
  @CsvSource({"SNAS_mild", "SNAS_moderate"})
  void aCellInBothFormsCostsTheSame(String name) {
    DartsMacro macro = DartsMacro.of(CIFAR, 36, 20, 10);
    PublishedGenotype edges = Genotypes.find(name + "_edge_all").orElseThrow();
    assertThat(edges.isEdgeList()).isTrue();
    assertThat(Cost.of(edges.graph(macro)))
        .isEqualTo(Cost.of(Genotypes.find(name).orElseThrow().graph(macro)));
  }

  @Test
  void pathsThatCanBeDroppedCostNothing() {
    DartsMacro macro = DartsMacro.of(CIFAR, 36, 20, 10);
    Genotype genotype = Genotypes.named("DARTS_V2");
    assertThat(Cost.of(DerivedNetwork.of(genotype, macro, true).graph()))
        .isEqualTo(Cost.of(DerivedNetwork.of(genotype, macro, false).graph()));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheReason() {
    PublishedGenotype noise = Genotypes.find("DARTS-_cifar10_s4_0").orElseThrow();
    assertThatThrownBy(() -> noise.graph(DartsMacro.of(CIFAR, 36, 20, 10)))
        .isInstanceOf(GenotypeException.class)
        .hasMessageContaining("operation noise");
  }
}
