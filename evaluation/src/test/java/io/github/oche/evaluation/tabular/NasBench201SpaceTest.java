package io.github.oche.evaluation.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NasBench201SpaceTest {
  private static final int DRAWS = 60_000;

  private final RandomGenerator random = new SplittableRandom(1);

  private static void assertFrequency(String what, int times, double expected) {
    double deviation = Math.sqrt(expected * (1 - expected) / DRAWS);
    assertThat(times / (double) DRAWS).as(what).isCloseTo(expected, within(4.5 * deviation));
  }

  @Test
  void everyOperationIsEquallyLikelyOnEveryEdge() {
    int[][] times = new int[6][5];
    Set<Integer> codes = new TreeSet<>();
    for (int i = 0; i < DRAWS; i++) {
      NasBench201Cell cell = NasBench201Space.INSTANCE.random(random);
      codes.add(cell.code());
      for (int edge = 0; edge < 6; edge++) {
        times[edge][Arrays.asList(CellOperation.values()).indexOf(cell.operations().get(edge))]++;
      }
    }
    for (int edge = 0; edge < 6; edge++) {
      for (int operation = 0; operation < 5; operation++) {
        assertFrequency("edge " + edge + ", " + operation, times[edge][operation], 0.2);
      }
    }
    // Of 15,625 equally likely cells so many are expected among 60,000 draws.
    double expected = 15_625 * (1 - Math.pow(1 - 1 / 15_625.0, DRAWS));
    assertThat(codes.size()).isBetween((int) expected - 80, (int) expected + 80);
  }

  @Test
  void aMutationGivesOneEdgeOfADrawnNodeAnotherOperation() {
    NasBench201Cell parent =
        NasBench201Cell.parse(
            "|nor_conv_3x3~0|+|skip_connect~0|none~1|+|avg_pool_3x3~0|nor_conv_1x1~1|none~2|");
    int[][] times = new int[6][5];
    for (int i = 0; i < DRAWS; i++) {
      NasBench201Cell child = NasBench201Space.INSTANCE.mutate(parent, random);
      int changed = -1;
      for (int edge = 0; edge < 6; edge++) {
        if (child.operations().get(edge) != parent.operations().get(edge)) {
          assertThat(changed).as("changed edges").isEqualTo(-1);
          changed = edge;
        }
      }
      assertThat(changed).isNotNegative();
      times[changed][
          Arrays.asList(CellOperation.values()).indexOf(child.operations().get(changed))]++;
    }
    double[] edges = {1 / 3.0, 1 / 6.0, 1 / 6.0, 1 / 9.0, 1 / 9.0, 1 / 9.0};
    int[] own = {3, 1, 0, 4, 2, 0};
    for (int edge = 0; edge < 6; edge++) {
      for (int operation = 0; operation < 5; operation++) {
        double expected = operation == own[edge] ? 0 : edges[edge] / 4;
        assertFrequency("edge " + edge + ", " + operation, times[edge][operation], expected);
      }
    }
  }
}
