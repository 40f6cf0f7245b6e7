package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanMemoryTest {
  private final Deque<Object> open = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  @ParameterizedTest
  @EnumSource(Plan.Purpose.class)
  void saysBeforehandWhatANetworkTakes(Plan.Purpose purpose) throws IllegalAccessException {
    Supernet supernet = Supernet.of(SearchSpace.darts(new Shape(3, 16, 16), 8, 3, 10));
    Plan plan = Plan.of(supernet.graph(), 6, purpose);
    long planned = plan.memoryBytes();
    try (Workers workers = new Workers(1)) {
      long taken = arrays(new Network(plan, workers));
      assertThat(planned).isCloseTo(taken, withinPercentage(5));
    }
  }

  /** Bytes of all primitive arrays that can be reached. */
  private long arrays(Object root) throws IllegalAccessException {
    visit(root);
    long bytes = 0;
    while (!open.isEmpty()) {
      Object x = open.pop();
      if (x instanceof Object[] array) {
        for (Object element : array) {
          visit(element);
        }
      } else if (x.getClass().isArray()) {
        int size = x instanceof double[] || x instanceof long[] ? 8 : 4;
        bytes += (long) size * Array.getLength(x);
      } else if (x instanceof Iterable<?> list) {
        list.forEach(this::visit);
      } else {
        fields(x, x.getClass());
      }
    }
    return bytes;
  }

  private void fields(Object x, Class<?> type) throws IllegalAccessException {
    if (!type.getName().startsWith("io.github.oche.engine.")) {
      return;
    }
    for (Field f : type.getDeclaredFields()) {
      if (!Modifier.isStatic(f.getModifiers()) && !f.getType().isPrimitive()) {
        f.setAccessible(true);
        visit(f.get(x));
      }
    }
    fields(x, type.getSuperclass());
  }

  private void visit(@Nullable Object x) {
    if (x != null && seen.add(x)) {
      open.push(x);
    }
  }
}
