package io.github.oche.engine;

import java.util.function.IntUnaryOperator;

/** A range of a plan's memory, and the span of the schedule in which it is needed. */
final class Buffer {
  final long size;
  int birth = Integer.MAX_VALUE;
  int death = -1;
  int arena;
  long offset;
  float[] data = new float[0];
  int at;

  private final Memory memory;

  Buffer(Memory memory, long size) {
    this.memory = memory;
    this.size = size;
  }

  /** Registers that so many of its floats are read or written at a time. */
  void touch(int time, long floats) {
    birth = Math.min(birth, time);
    death = Math.max(death, time);
    memory.touch(time, floats);
  }

  /** Counts its span in moments, of which each may be several times. */
  void round(IntUnaryOperator moments) {
    birth = moments.applyAsInt(birth);
    death = moments.applyAsInt(death);
  }

  boolean used() {
    return death >= 0;
  }

  boolean overlaps(Buffer other) {
    return birth <= other.death && other.birth <= death;
  }
}
