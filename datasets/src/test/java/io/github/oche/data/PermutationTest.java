package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermutationTest {
  @Test
  void everyNumberComesOnce() {
    for (int n : new int[] {0, 1, 2, 3, 10, 1000}) {
      int[] order = Permutation.of(n, 42);
      Arrays.sort(order);
      assertThat(order).isEqualTo(Permutation.identity(n));
    }
  }

  @Test
  void theBitsNeverChange() {
    // computed by a second implementation; seeds of earlier versions must stay good
    assertThat(Permutation.of(10, 42)).containsExactly(3, 9, 5, 0, 8, 2, 6, 1, 4, 7);
  }

  @Test
  void theFirstFewAreThoseOfTheWholeAndTheIdentityIsLeftAsItWas() {
    int[] identity = Permutation.identity(50);
    for (int count = 0; count <= 50; count += 7) {
      int[] into = new int[50];
      Permutation.first(identity, 9, count, into);
      assertThat(Arrays.copyOf(into, count)).isEqualTo(Arrays.copyOf(Permutation.of(50, 9), count));
      assertThat(identity).isEqualTo(Permutation.identity(50));
    }
  }

  @Test
  void refillingEqualsMakingAnew() {
    int[] order = Permutation.of(50, 1);
    Permutation.refill(order, 2);
    assertThat(order).isEqualTo(Permutation.of(50, 2));
  }

  @Test
  void allOrdersAreEquallyLikely() {
    Map<String, Integer> times = new HashMap<>();
    for (int key = 0; key < 24_000; key++) {
      times.merge(Arrays.toString(Permutation.of(4, key)), 1, Integer::sum);
    }
    // 24 orders, 1,000 times each; the standard deviation is 31
    assertThat(times).hasSize(24);
    assertThat(times.values()).allSatisfy(n -> assertThat(n).isBetween(850, 1150));
  }
}
