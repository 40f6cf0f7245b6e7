package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * The resident memory of a process that runs networks, foretold: its large arrays, all of which are
 * written, and what the JVM takes beside them.
 *
 * <p>The second part hardly depends on the network. On Linux, 64 bits, Java 17, with the launcher's
 * serial collector and its young generation of 16 MB, it is in megabytes: young generation 16,
 * classes and symbols 25, compiled code 14, the JVM's libraries 20, and arenas of the compiler,
 * which are largest while it does the large kernels and are kept, some 35. Other collectors hold
 * garbage as long as they like; a bound with them is the largest heap.
 */
public final class Footprint {
  private static final long MEGABYTE = 1 << 20;
  private static final long JVM = 110 * MEGABYTE;

  private Footprint() {}

  /**
   * Returns the most bytes that will be resident at a time, to some 10 % for networks of 200 MB and
   * more.
   *
   * @param arrays bytes of all large arrays that live at a time: {@link Plan#memoryBytes} of each
   *     network, weights and what an optimiser keeps of them, images
   */
  public static long residentBytes(long arrays) {
    checkArgument(arrays >= 0, "%s bytes of arrays, expected none or more", arrays);
    return JVM + arrays;
  }
}
