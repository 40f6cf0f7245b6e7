package io.github.oche.darts;

import com.google.common.collect.ImmutableMap;
import java.util.Collection;
import java.util.Map;

/**
 * What some work took, from its start to its end.
 *
 * @param coreSeconds threads times seconds
 * @param cpuSeconds processor time of the whole process, all its threads; less than the core
 *     seconds where threads waited, for each other or for other processes
 */
public record Effort(double coreSeconds, double cpuSeconds) {
  private static final double HOUR = 3600;

  /** No work. */
  public static final Effort NONE = new Effort(0, 0);

  /** Core-hours, as tables have them. */
  public double coreHours() {
    return coreSeconds / HOUR;
  }

  /** Hours of processor time. */
  public double cpuHours() {
    return cpuSeconds / HOUR;
  }

  /** Both together. */
  public Effort plus(Effort other) {
    return new Effort(coreSeconds + other.coreSeconds, cpuSeconds + other.cpuSeconds);
  }

  /** All together. */
  public static Effort sum(Collection<Effort> efforts) {
    return efforts.stream().reduce(NONE, Effort::plus);
  }

  /** As JSON has it. */
  public ImmutableMap<String, Object> tree() {
    return ImmutableMap.of("core_seconds", coreSeconds, "cpu_seconds", cpuSeconds);
  }

  /**
   * Reads what {@link #tree} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Effort of(Map<String, ?> tree) {
    return new Effort(number(tree, "core_seconds"), number(tree, "cpu_seconds"));
  }

  private static double number(Map<String, ?> tree, String name) {
    if (tree.get(name) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(name + " is " + tree.get(name) + ", expected a number");
  }
}
