package io.github.oche.data;

/**
 * Random bits as a pure function of what they are for, so that the order of computation cannot
 * matter.
 *
 * <p>The mixing step is the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with Stafford's
 * constants); keys are chained, one step each.
 */
final class Mix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Mix() {}

  static long of(long seed, long key) {
    return finish(finish(seed + GOLDEN) + (key + 1) * GOLDEN);
  }

  static long of(long seed, long first, long second) {
    return of(of(seed, first), second);
  }

  /** Maps random bits to 0 .. bound - 1; its bias is below bound / 2^32. */
  static int below(int bound, long bits) {
    return (int) (((bits >>> 32) * bound) >>> 32);
  }

  private static long finish(long z) {
    long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
    return b ^ (b >>> 31);
  }
}
