package io.github.oche.benchmarks.learning;

import java.io.IOException;
import java.nio.file.Path;

/** Something that both sides can do. */
interface Experiment {
  /** What {@code torch_learning.py} calls it. */
  String name();

  /** One line: what is done. */
  String description();

  /**
   * Does it here, and leaves in a folder what the other side needs to do the same: {@link
   * PeerFiles#START} and {@link PeerFiles#BATCHES}.
   *
   * @param folder that is there
   * @throws IOException if writing fails
   */
  Course run(long seed, int threads, Path folder) throws IOException;
}
