package io.github.oche.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one side of a comparison measured.
 *
 * @param seconds median seconds a step, by the step's label
 * @param megabytes the most memory that its process had
 */
record Readings(ImmutableMap<String, Double> seconds, long megabytes) {
  private static final String MEMORY = "peak-rss-mb";
  private static final Pattern LINE = Pattern.compile("([a-z-]+) +([0-9][0-9.eE+-]*)\\s*");

  /**
   * Reads the lines {@code STEP SECONDS} and {@code peak-rss-mb MEGABYTES}; others are passed over.
   *
   * @param source who printed them, for messages
   * @throws IllegalArgumentException if a step or the memory is missing
   */
  static Readings parse(String source, List<String> lines, List<String> steps) {
    ImmutableMap.Builder<String, Double> all = ImmutableMap.builder();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      Double value = matcher.matches() ? Doubles.tryParse(matcher.group(2)) : null;
      if (value != null) {
        all.put(matcher.group(1), value);
      }
    }
    ImmutableMap<String, Double> found = all.buildKeepingLast();
    ImmutableMap.Builder<String, Double> seconds = ImmutableMap.builder();
    for (String step : steps) {
      seconds.put(step, require(source, found, step));
    }
    return new Readings(seconds.buildOrThrow(), Math.round(require(source, found, MEMORY)));
  }

  private static double require(String source, ImmutableMap<String, Double> found, String name) {
    Double value = found.get(name);
    if (value == null || value <= 0) {
      throw new IllegalArgumentException(
          source + " printed no line \"" + name + " N\" with a positive number");
    }
    return value;
  }

  /** Seconds of a step, if it was measured. */
  Optional<Double> of(String step) {
    return Optional.ofNullable(seconds.get(step));
  }

  /**
   * The mean of what the same process measured twice. The memory is the earlier one: the later
   * counts what was between, too.
   */
  Readings mean(Readings later) {
    ImmutableMap.Builder<String, Double> means = ImmutableMap.builder();
    seconds.forEach((step, s) -> means.put(step, (s + later.of(step).orElse(s)) / 2));
    return new Readings(means.buildOrThrow(), megabytes);
  }
}
