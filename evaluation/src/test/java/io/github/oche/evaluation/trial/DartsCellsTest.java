package io.github.oche.evaluation.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import io.github.oche.engine.Shape;
import io.github.oche.space.CellGenotype;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Gene;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DartsCellsTest {
  private static final DartsCells SPACE = DartsCells.INSTANCE;
  private static final Splitter PARTS = Splitter.on(' ');

  private static List<Genotype> draws(int count, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    return Stream.generate(() -> SPACE.random(random)).limit(count).collect(Collectors.toList());
  }

  /** {@code cell node input operation} of both cells: what an architecture is, in no order. */
  private static Set<String> edges(Genotype genotype) {
    Set<String> edges = new HashSet<>();
    addEdges("normal", genotype.normal(), edges);
    addEdges("reduction", genotype.reduction(), edges);
    return edges;
  }

  private static void addEdges(String name, CellGenotype cell, Set<String> to) {
    for (int k = 0; k < cell.genes().size(); k++) {
      Gene gene = cell.genes().get(k);
      to.add(name + " " + k / 2 + " " + gene.input() + " " + gene.operation());
    }
  }

  private static int count(Set<String> edges, Set<String> others) {
    return (int) edges.stream().filter(edge -> !others.contains(edge)).count();
  }

  @Test
  void whatIsDrawnIsOfTheSpaceAndReadsBack() {
    DartsMacro macro = DartsMacro.of(new Shape(3, 8, 8), 4, 3, 10);
    for (Genotype genotype : draws(300, 1)) {
      assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
      assertThat(Genotype.parse(genotype.toJson())).isEqualTo(genotype);
      assertThat(DartsCells.contains(genotype)).isTrue();
      assertThat(edges(genotype)).hasSize(16);
      assertThat(genotype.normal().concat()).containsExactly(2, 3, 4, 5);
      assertThat(genotype.reduction().concat()).containsExactly(2, 3, 4, 5);
      assertThat(genotype.toString()).doesNotContain("none");
      assertThat(DerivedNetwork.of(genotype, macro, false).graph().outputs()).hasSize(1);
    }
  }

  @Test
  void allInputsAndOperationsOfAllEdgesComeUpEquallyOften() {
    int draws = 7000;
    Multiset<String> seen = HashMultiset.create();
    draws(draws, 2).forEach(genotype -> seen.addAll(edges(genotype)));
    assertThat(seen.elementSet()).hasSize(2 * (2 + 3 + 4 + 5) * 7);
    for (String edge : seen.elementSet()) {
      int node = Integer.parseInt(PARTS.splitToList(edge).get(1));
      double expected = draws * 2.0 / (2 + node) / 7; // 400 in the last node, 1000 in the first
      assertThat((double) seen.count(edge))
          .as(edge)
          .isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
    }
  }

  @Test
  void theGenesOfANodeStandInTheOrderOfTheirInputs() {
    RandomGenerator random = new SplittableRandom(3);
    for (Genotype genotype : draws(100, 3)) {
      for (Genotype one : List.of(genotype, SPACE.mutate(genotype, random))) {
        for (CellGenotype cell : List.of(one.normal(), one.reduction())) {
          assertThat(IntStream.range(0, 4).boxed())
              .allMatch(n -> cell.genes().get(2 * n).input() < cell.genes().get(2 * n + 1).input());
        }
      }
    }
  }

  @Test
  void aMutationChangesTheInputOrTheOperationOfExactlyOneEdge() {
    RandomGenerator random = new SplittableRandom(4);
    int inputs = 0;
    Set<String> come = new HashSet<>();
    Set<String> gone = new HashSet<>();
    Genotype genotype = SPACE.random(random);
    for (int i = 0; i < 4000; i++) {
      Genotype mutated = SPACE.mutate(genotype, random);
      assertThat(DartsCells.contains(mutated)).isTrue();
      Set<String> left = edges(genotype);
      left.removeAll(edges(mutated));
      Set<String> entered = edges(mutated);
      entered.removeAll(edges(genotype));
      assertThat(left).hasSize(1);
      assertThat(entered).hasSize(1);
      List<String> before = PARTS.splitToList(left.iterator().next());
      List<String> after = PARTS.splitToList(entered.iterator().next());
      assertThat(after.subList(0, 2)).isEqualTo(before.subList(0, 2)); // the cell and the node
      boolean input = !after.get(2).equals(before.get(2));
      assertThat(input).isNotEqualTo(!after.get(3).equals(before.get(3)));
      inputs += input ? 1 : 0;
      gone.addAll(left);
      come.addAll(entered);
      genotype = mutated;
    }
    assertThat(inputs).isBetween(1840, 2160); // 5 deviations about half
    assertThat(come).hasSize(2 * (2 + 3 + 4 + 5) * 7);
    assertThat(gone).hasSize(2 * (2 + 3 + 4 + 5) * 7);
  }

  @Test
  void aSeedIsEverything() {
    assertThat(draws(20, 5)).isEqualTo(draws(20, 5)).isNotEqualTo(draws(20, 6));
    Genotype genotype = draws(1, 5).get(0);
    assertThat(SPACE.mutate(genotype, new SplittableRandom(7)))
        .isEqualTo(SPACE.mutate(genotype, new SplittableRandom(7)));
    assertThat(ImmutableSet.copyOf(draws(1000, 8))).hasSize(1000);
  }

  @Test
  void aFoundGenotypeMutatesWhateverTheOrderOfItsGenes() {
    Genotype found = Genotypes.named("DARTS_V2");
    assertThat(DartsCells.contains(found)).isTrue();
    Genotype mutated = SPACE.mutate(found, new SplittableRandom(9));
    assertThat(count(edges(mutated), edges(found))).isEqualTo(1);
    assertThat(count(edges(found), edges(mutated))).isEqualTo(1);
  }

  @Test
  void otherSpacesAreRefused() {
    for (String name : List.of("NASNet", "AmoebaNet")) {
      Genotype other = Genotypes.named(name);
      assertThat(DartsCells.contains(other)).isFalse();
      assertThatThrownBy(() -> SPACE.mutate(other, new SplittableRandom(9)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("is not of the DARTS space");
    }
  }
}
