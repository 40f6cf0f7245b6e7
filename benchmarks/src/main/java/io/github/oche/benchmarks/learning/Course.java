package io.github.oche.benchmarks.learning;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.List;

/**
 * How something learned.
 *
 * @param curves values by name, one a step
 * @param ends what it came to, by name
 */
record Course(ImmutableListMultimap<String, Double> curves, ImmutableMap<String, Double> ends) {
  /** Nothing was learned. */
  static final Course NONE = new Course(ImmutableListMultimap.of(), ImmutableMap.of());

  private static final String CURVE = "curve";
  private static final String END = "end";

  /**
   * Reads lines {@code curve NAME VALUE}, one a step, and {@code end NAME VALUE}.
   *
   * @throws IllegalArgumentException naming the line, if it is another
   */
  static Course parse(List<String> lines) {
    ImmutableListMultimap.Builder<String, Double> curves = ImmutableListMultimap.builder();
    ImmutableMap.Builder<String, Double> ends = ImmutableMap.builder();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      checkArgument(
          words.length == 3 && (words[0].equals(CURVE) || words[0].equals(END)),
          "the script printed \"%s\", expected \"curve NAME VALUE\" or \"end NAME VALUE\"",
          line);
      double value = Double.parseDouble(words[2]);
      if (words[0].equals(CURVE)) {
        curves.put(words[1], value);
      } else {
        ends.put(words[1], value);
      }
    }
    return new Course(curves.build(), ends.buildOrThrow());
  }

  ImmutableList<Double> curve(String name) {
    return curves.get(name);
  }
}
