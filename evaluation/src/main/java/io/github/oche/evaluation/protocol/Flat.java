package io.github.oche.evaluation.protocol;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** A tree of maps as one map: {@code search.epochs} to {@code 50}. */
final class Flat {
  private Flat() {}

  static ImmutableMap<String, String> of(Map<String, ?> tree) {
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
}
