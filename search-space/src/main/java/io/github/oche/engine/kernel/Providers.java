package io.github.oche.engine.kernel;

import com.google.common.annotations.VisibleForTesting;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Chooses the kernels, once: the vector kernels where this JVM runs them well, else the plain ones
 * and a warning.
 */
final class Providers {
  private static final String MODULE = "jdk.incubator.vector";
  private static final int PLAIN_LANES = 8;

  private Providers() {}

  /** Initialised when the kernels are first asked for. */
  private static final class Chosen {
    static final Supplier<Kernels> KERNELS = choice();

    /**
     * A failure is thrown whenever the kernels are asked for, and not as that of a class to load.
     */
    private static Supplier<Kernels> choice() {
      try {
        Kernels kernels = choose(System.getLogger(Kernels.class.getName()));
        return () -> kernels;
      } catch (IllegalArgumentException e) {
        return () -> {
          throw new IllegalArgumentException(e.getMessage(), e);
        };
      }
    }
  }

  static Kernels chosen() {
    return Chosen.KERNELS.get();
  }

  private static Kernels choose(Logger log) {
    int forced = forcedLanes(System.getProperty("oche.lanes", ""));
    boolean plain = forcedPlain(System.getProperty("oche.kernels", ""));
    if (!hasFusedMultiplyAdd()) {
      throw new IllegalArgumentException(
          "this processor or JVM has no fused multiply-add, so Math.fma takes microseconds; run on a processor that has it"
              + " (x86 since 2013, any 64-bit ARM), without -XX:-UseFMA and -XX:UseAVX=0 or 1");
    }
    if (plain) {
      return new PlainKernels(forced > 0 ? forced : PLAIN_LANES);
    }
    String obstacle = obstacle();
    if (obstacle.isEmpty()) {
      try {
        if (Lanes.PREFERRED >= 4 || forced > 0) {
          return vector(forced, log);
        }
        obstacle = "this JVM's vectors have fewer than 4 lanes";
      } catch (LinkageError e) {
        obstacle = "the module " + MODULE + " cannot be used (" + e + ")";
      }
    }
    String reason = obstacle;
    log.log(
        Level.WARNING,
        () -> reason + "; the plain kernels are used, which are several times slower");
    return new PlainKernels(forced > 0 ? forced : PLAIN_LANES);
  }

  private static Kernels vector(int forced, Logger log) {
    VectorKernels kernels = new VectorKernels();
    int preferred = Lanes.PREFERRED;
    if (kernels.lanes() > preferred) {
      log.log(
          Level.WARNING,
          () ->
              "oche.lanes="
                  + forced
                  + ", but this JVM's vectors have "
                  + preferred
                  + " lanes: results are the same, and each operation some fifty times slower");
    }
    return kernels;
  }

  /**
   * Why the vector kernels cannot be used, and the way out; empty if they can. The order is that of
   * Lucene.
   */
  private static String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the Vector API is missing (start Java with --add-modules " + MODULE + ")";
    }
    String vm = System.getProperty("java.vm.name", "").toLowerCase(Locale.ROOT);
    String info = System.getProperty("java.vm.info", "").toLowerCase(Locale.ROOT);
    if (!vm.contains("hotspot") && !vm.contains("openjdk")) {
      return "the Java virtual machine is " + vm + ", not HotSpot";
    }
    if (vm.contains("client") || info.contains("emulated-client")) {
      return "the optimising compiler C2 is off (start Java without -XX:TieredStopAtLevel)";
    }
    if (info.contains("interpreted")) {
      return "the optimising compiler C2 is off (start Java without -Xint)";
    }
    return "";
  }

  @VisibleForTesting
  static int forcedLanes(String value) {
    return switch (value) {
      case "" -> 0;
      case "4" -> 4;
      case "8" -> 8;
      case "16" -> 16;
      default ->
          throw new IllegalArgumentException(
              "the system property oche.lanes is \"" + value + "\", expected 4, 8 or 16");
    };
  }

  @VisibleForTesting
  static boolean forcedPlain(String value) {
    return switch (value) {
      case "", "vector" -> false;
      case "plain" -> true;
      default ->
          throw new IllegalArgumentException(
              "the system property oche.kernels is \"" + value + "\", expected plain or vector");
    };
  }

  /**
   * Whether {@code Math.fma} is one instruction: then even the interpreter does a thousand in some
   * 30 microseconds, while the replacement (in {@code BigDecimal}) needs 2 to 200 milliseconds. The
   * best of a few tries counts, because a busy machine may take the processor away.
   */
  static boolean hasFusedMultiplyAdd() {
    float x = 0.7182818f;
    for (int attempt = 0; attempt < 5; attempt++) {
      long start = System.nanoTime();
      for (int i = 0; i < 1000; i++) {
        x = Math.fma(x, 0.618034f, 0.3141593f);
      }
      if (System.nanoTime() - start < 500_000) {
        return x > 0;
      }
    }
    return false;
  }
}
