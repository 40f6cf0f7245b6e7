package io.github.oche.data;

/** Seeded permutations of 0 .. n-1 (Fisher and Yates), the same on every machine and Java. */
final class Permutation {
  private Permutation() {}

  static int[] identity(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }

  static int[] of(int n, long key) {
    int[] order = identity(n);
    shuffle(order, n, key);
    return order;
  }

  /** Makes {@code order} the permutation of the key, whatever permutation it was. */
  static void refill(int[] order, long key) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    shuffle(order, order.length, key);
  }

  /**
   * Writes the first {@code count} entries of {@code of(identity.length, key)} in time proportional
   * to {@code count}: the swaps are done and then undone.
   */
  static void first(int[] identity, long key, int count, int[] into) {
    shuffle(identity, count, key);
    System.arraycopy(identity, 0, into, 0, count);
    for (int i = count - 1; i >= 0; i--) {
      swap(identity, i, partner(i, identity.length, key));
    }
  }

  private static void shuffle(int[] order, int count, long key) {
    for (int i = 0; i < count; i++) {
      swap(order, i, partner(i, order.length, key));
    }
  }

  private static int partner(int i, int n, long key) {
    return i + Mix.below(n - i, Mix.of(key, i));
  }

  private static void swap(int[] order, int i, int j) {
    int t = order[i];
    order[i] = order[j];
    order[j] = t;
  }
}
