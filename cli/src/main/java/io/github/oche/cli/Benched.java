package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Timing;

/** A network on random images, and the steps of it that are timed. */
interface Benched {
  /** What {@link #prepare} takes, in the order in which they are timed. */
  ImmutableList<BenchStep> steps();

  /** Bytes of all arrays that the steps need. */
  long memoryBytes();

  /** Makes a step ready to be run any number of times. */
  Runnable prepare(BenchStep step);

  /** Where the time of the network's passes has gone since {@link #clearTimings}. */
  ImmutableList<Timing> timings();

  /** Forgets all times so far. */
  void clearTimings();
}
