package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * All buffers of a plan, packed into as few floats as their lifetimes allow: largest first, each at
 * the lowest place that no buffer alive at the same time occupies. Several arrays where one would
 * be longer than a Java array can be.
 */
final class Memory {
  /** Floats to a cache line: buffers start on one. */
  static final int LINE = 16;

  /** A Java array's floats start 16 bytes into the object, so this one starts a cache line. */
  static final int FIRST = 12;

  private static final long LIMIT = 1L << 30;

  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Long> arenas = new ArrayList<>();
  private final Map<Integer, Long> touched = new HashMap<>();
  private boolean allocated;

  Buffer buffer(long size) {
    Buffer b = new Buffer(this, (size + LINE - 1) / LINE * LINE);
    buffers.add(b);
    return b;
  }

  void touch(int time, long floats) {
    touched.merge(time, floats, Long::sum);
  }

  /** Floats of the tensors that are touched at a time of the schedule, each counted once. */
  long touched(int time) {
    return touched.getOrDefault(time, 0L);
  }

  /**
   * Gives every buffer its place; no array is made yet.
   *
   * @param moments of each time of the schedule the moment that it is a part of: what is touched at
   *     one moment lies apart
   */
  void assign(IntUnaryOperator moments) {
    buffers.stream().filter(Buffer::used).forEach(b -> b.round(moments));
    List<Buffer> order = new ArrayList<>(buffers.stream().filter(Buffer::used).toList());
    order.sort(Comparator.comparingLong((Buffer b) -> b.size).reversed());
    List<Buffer> placed = new ArrayList<>();
    for (Buffer b : order) {
      place(b, placed);
      int i = 0;
      while (i < placed.size()
          && (placed.get(i).arena < b.arena
              || (placed.get(i).arena == b.arena && placed.get(i).offset < b.offset))) {
        i++;
      }
      placed.add(i, b);
    }
  }

  private void place(Buffer b, List<Buffer> placed) {
    int arena = 0;
    long end = 0;
    for (Buffer p : placed) {
      if (!b.overlaps(p)) {
        continue;
      }
      if (p.arena > arena) {
        if (end + b.size <= LIMIT || end == 0) {
          break;
        }
        arena = p.arena;
        end = 0;
      }
      if (p.offset - end >= b.size) {
        break;
      }
      end = Math.max(end, p.offset + p.size);
    }
    if (end > 0 && end + b.size > LIMIT) {
      arena++;
      end = 0;
    }
    b.arena = arena;
    b.offset = end;
    while (arenas.size() <= arena) {
      arenas.add(0L);
    }
    arenas.set(arena, Math.max(arenas.get(arena), end + b.size));
  }

  /** Floats of all arrays together. */
  long floats() {
    return arenas.stream().mapToLong(size -> size + 2 * LINE).sum();
  }

  /** Makes the arrays; {@link #assign} comes first. */
  void allocate() {
    checkState(!allocated, "the plan has its network already; plan again for another");
    allocated = true;
    List<float[]> data = new ArrayList<>();
    for (long size : arenas) {
      data.add(new float[Math.toIntExact(size + 2 * LINE)]);
    }
    for (Buffer b : buffers) {
      if (b.used()) {
        b.data = data.get(b.arena);
        b.at = FIRST + Math.toIntExact(b.offset);
      }
    }
  }
}
