package io.github.oche.engine;

import io.github.oche.engine.kernel.Plane;

/** What one worker writes its intermediate results into: small enough to stay in its cache. */
final class Scratch {
  final float[] floats;

  /** Views that a step may move as it likes. */
  final Plane a = new Plane();

  final Plane b = new Plane();
  final Plane c = new Plane();
  final Plane d = new Plane();
  final Plane m = new Plane();
  final Plane n = new Plane();

  /** Views of the streams of an {@link Affine}. */
  final Plane[] streams;

  private final Plane[] one = new Plane[1];
  private final Plane[] two = new Plane[2];

  Scratch(Layout layout) {
    floats = new float[layout.floats + 2 * Memory.LINE];
    streams = new Plane[layout.streams];
    for (int i = 0; i < streams.length; i++) {
      streams[i] = new Plane();
    }
  }

  Plane[] list(Plane x) {
    one[0] = x;
    return one;
  }

  Plane[] list(Plane x, Plane y) {
    two[0] = x;
    two[1] = y;
    return two;
  }

  /** Hands out places in the scratch memory; each step starts anew. */
  static final class Layout {
    private int floats;
    private int streams = 4;
    private int used;

    void start() {
      used = 0;
    }

    int floats(long size) {
      int at = used;
      used = Math.toIntExact(used + lines(size));
      floats = Math.max(floats, used);
      return Memory.FIRST + at;
    }

    void streams(int count) {
      streams = Math.max(streams, count);
    }

    long bytes() {
      return 4L * (floats + 2 * Memory.LINE);
    }

    private static long lines(long size) {
      return (size + Memory.LINE - 1) / Memory.LINE * Memory.LINE;
    }
  }
}
