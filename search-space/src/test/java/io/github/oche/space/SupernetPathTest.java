package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Network;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Plan;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Workers;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupernetPathTest {
  private static final Shape IMAGE = new Shape(2, 8, 8);
  private static final int BATCH = 6;
  private static final int CLASSES = 4;
  private static final DartsMacro MACRO = DartsMacro.of(IMAGE, 4, 4, CLASSES);

  /** Every operation but poolings, at both strides: a derived network has no norm after those. */
  private static final Genotype WITHOUT_POOLING =
      Genotype.parse(
          "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0), ('dil_conv_5x5', 2),"
              + " ('sep_conv_5x5', 0), ('dil_conv_3x3', 1), ('skip_connect', 3),"
              + " ('sep_conv_3x3', 4), ('sep_conv_5x5', 2)], normal_concat=range(2, 6),"
              + " reduce=[('skip_connect', 0), ('sep_conv_5x5', 1), ('skip_connect', 1),"
              + " ('dil_conv_3x3', 2), ('dil_conv_5x5', 0), ('sep_conv_3x3', 3),"
              + " ('skip_connect', 2), ('sep_conv_3x3', 1)], reduce_concat=range(2, 6))");

  private final Supernet supernet = Supernet.of(SearchSpace.darts(IMAGE, 4, 4, CLASSES));
  private final float[] w = supernet.graph().parameters().initialise(new SplittableRandom(1));

  private static float[] logits(Graph graph, float[] w, float[] mixing, Network.Mode mode) {
    Random random = new Random(5);
    float[] images = new float[BATCH * IMAGE.size()];
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextGaussian();
    }
    try (Workers workers = new Workers(1)) {
      Network network = new Network(Plan.of(graph, BATCH, Plan.Purpose.SCORE), workers);
      float[] start = graph.statistics().initialise(new SplittableRandom(0));
      System.arraycopy(start, 0, network.statistics(), 0, start.length);
      network.load(images, new int[BATCH], BATCH);
      network.forward(w, mixing, mode);
      return Arrays.copyOf(network.logits(0), BATCH * CLASSES);
    }
  }

  /** Mixing weights of 1 on what the genotype keeps, by the names of edges and candidates. */
  private float[] oneHot(Genotype genotype) {
    float[] mixing = new float[supernet.graph().mixingSize()];
    ImmutableList<String> columns = CellSpace.darts().names().asList();
    int[] firstEdges = {0, 2, 5, 9}; // two inputs: 2, 3, 4 and 5 edges into the four nodes
    for (Mixture mixture : ImmutableList.of(supernet.normal(), supernet.reduction())) {
      CellGenotype cell =
          mixture.equals(supernet.normal()) ? genotype.normal() : genotype.reduction();
      for (int k = 0; k < cell.genes().size(); k++) {
        Gene gene = cell.genes().get(k);
        int edge = firstEdges[k / 2] + gene.input();
        mixing[mixture.offset() + edge * 8 + columns.indexOf(gene.operation())] = 1;
      }
    }
    return mixing;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DARTS_V1", "DARTS_V2", "PC_DARTS_cifar", "GDAS_V1"})
  void aPathIsTheSupernetWithAllWeightOnWhatItKeeps(String name) {
    Genotype genotype = Genotypes.named(name);
    SupernetPath path = SupernetPath.of(supernet, genotype);
    for (Network.Mode mode : Network.Mode.values()) {
      assertClose(
          logits(path.graph(), path.weights(w), new float[0], mode),
          logits(supernet.graph(), w, oneHot(genotype), mode));
    }
  }

  /** Without poolings, the two differ in scale 1 and bias 0 of batch norms only. */
  @Test
  void aPathIsTheDerivedNetworkOfTheSameWeights() {
    Graph derived = DerivedNetwork.of(WITHOUT_POOLING, MACRO, false).graph();
    float[] weights = derived.parameters().initialise(new SplittableRandom(2));
    int copied = 0;
    for (Parameter p : derived.parameters().all()) {
      String name = inSupernet(p.name(), WITHOUT_POOLING);
      if (supernet.graph().parameters().contains(name)) {
        Parameter from = supernet.graph().parameters().get(name);
        assertThat(p.shape()).isEqualTo(from.shape());
        System.arraycopy(w, from.offset(), weights, p.offset(), p.size());
        copied += p.size();
      }
    }
    SupernetPath path = SupernetPath.of(supernet, WITHOUT_POOLING);
    assertThat(copied).isEqualTo(path.graph().parameters().size());
    assertClose(
        logits(path.graph(), path.weights(w), new float[0], Network.Mode.TRAINING),
        logits(derived, weights, new float[0], Network.Mode.TRAINING));
  }

  /** {@code cells.I._ops.K.rest} of a derived network; cells 1 and 2 of four are reductions. */
  private static String inSupernet(String name, Genotype genotype) {
    Matcher m = Pattern.compile("cells\\.(\\d)\\._ops\\.(\\d)\\.(.*)").matcher(name);
    if (!m.matches()) {
      return name;
    }
    boolean reducing = m.group(1).equals("1") || m.group(1).equals("2");
    int k = Integer.parseInt(m.group(2));
    Gene gene = (reducing ? genotype.reduction() : genotype.normal()).genes().get(k);
    int node = k / 2;
    int edge = 2 * node + node * (node - 1) / 2 + gene.input();
    int candidate = CellSpace.darts().names().asList().indexOf(gene.operation());
    return "cells." + m.group(1) + "._ops." + edge + "._ops." + candidate + "." + m.group(3);
  }

  @Test
  void theOrderOfGenesDoesNotMatter() {
    Genotype found = Genotypes.named("DARTS_V2");
    CellGenotype normal = found.normal();
    ImmutableList<Gene> genes = normal.genes();
    Genotype swapped =
        new Genotype(
            new CellGenotype(
                ImmutableList.<Gene>builder()
                    .add(genes.get(1), genes.get(0))
                    .addAll(genes.subList(2, 8))
                    .build(),
                normal.concat()),
            found.reduction());
    SupernetPath one = SupernetPath.of(supernet, found);
    SupernetPath other = SupernetPath.of(supernet, swapped);
    assertThat(logits(other.graph(), other.weights(w), new float[0], Network.Mode.TRAINING))
        .isEqualTo(logits(one.graph(), one.weights(w), new float[0], Network.Mode.TRAINING));
  }

  @Test
  void weightsOfWhatIsNotKeptAreNotRead() {
    Genotype genotype = Genotypes.named("DARTS_V2");
    SupernetPath path = SupernetPath.of(supernet, genotype);
    float[] expected = path.weights(w);
    float[] elsewhere = w.clone();
    for (Parameter p : supernet.graph().parameters().all()) {
      if (!path.graph().parameters().contains(p.name())) {
        Arrays.fill(elsewhere, p.offset(), p.end(), Float.NaN);
      }
    }
    assertThat(path.weights(elsewhere)).isEqualTo(expected).doesNotContain(Float.NaN);
    assertThatThrownBy(() -> path.weights(new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 weights, the supernet has");
  }

  @Test
  void whatIsNoneOfItsArchitecturesIsRefused() {
    assertThatThrownBy(() -> SupernetPath.of(supernet, Genotypes.named("NASNet")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the normal cell has 5 nodes and joins");
    Genotype foreign =
        Genotype.parse(WITHOUT_POOLING.toString().replace("dil_conv_5x5", "conv_7x1_1x7"));
    assertThatThrownBy(() -> SupernetPath.of(supernet, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("operation \"conv_7x1_1x7\" of the normal cell is no candidate");
    Genotype twice =
        Genotype.parse(
            WITHOUT_POOLING
                .toString()
                .replace(
                    "('skip_connect', 0), ('sep_conv_5x5', 1)",
                    "('skip_connect', 1), ('sep_conv_5x5', 1)"));
    assertThatThrownBy(() -> SupernetPath.of(supernet, twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("node 2 of the reduction cell reads state 1 twice");
  }
}
