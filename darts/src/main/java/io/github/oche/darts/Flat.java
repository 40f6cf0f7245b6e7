package io.github.oche.darts;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;

/** A tree of maps as one map: {@code search.epochs} to {@code 50}. */
public final class Flat {
  private Flat() {}

  /** Returns what is at the ends of a tree's branches, as text. */
  public static ImmutableMap<String, String> of(Map<String, ?> tree) {
    ImmutableMap.Builder<String, String> flat = ImmutableMap.builder();
    add("", tree, flat);
    return flat.buildOrThrow();
  }

  private static void add(String before, Map<?, ?> tree, ImmutableMap.Builder<String, String> to) {
    tree.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> map) {
            add(before + name + ".", map, to);
          } else {
            to.put(before + name, value.toString());
          }
        });
  }

  /**
   * Returns the first that is another there, as {@code search.epochs is 50 there, 40 here}; what is
   * there only does not count.
   */
  public static Optional<String> difference(Map<String, String> there, Map<String, String> here) {
    return here.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(there.get(entry.getKey())))
        .map(
            entry ->
                String.format(
                    "%s is %s there, %s here",
                    entry.getKey(),
                    there.getOrDefault(entry.getKey(), "not told"),
                    entry.getValue()))
        .findFirst();
  }
}
