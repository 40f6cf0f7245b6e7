package io.github.oche.evaluation.golden;

import io.github.oche.engine.Mixture;
import io.github.oche.engine.Shape;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;

/** What files of supernets and of trajectories have in common: the space, w and α. */
final class SupernetFile {
  final Golden golden;
  final Supernet supernet;
  final int classes;
  private final int rows;
  private final int columns;

  /** The DARTS space of the sizes that the file names. */
  SupernetFile(Golden golden, Shape images) {
    this.golden = golden;
    classes = golden.whole("classes");
    supernet =
        Supernet.of(
            SearchSpace.darts(images, golden.whole("channels"), golden.whole("layers"), classes));
    Mixture normal = supernet.normal();
    rows = normal.rows();
    columns = normal.columns();
  }

  float[] weights(String prefix) {
    return golden.table(prefix, supernet.graph().parameters());
  }

  /**
   * The tensors {@code prefix + "alphas_normal"} and {@code prefix + "alphas_reduce"} as one
   * vector.
   */
  float[] alphas(String prefix) {
    float[] all = new float[supernet.graph().mixingSize()];
    for (Mixture m : supernet.graph().mixtures()) {
      float[] part = golden.floats(prefix + m.name(), rows, columns);
      System.arraycopy(part, 0, all, m.offset(), part.length);
    }
    return all;
  }

  int edges() {
    return rows;
  }

  int operations() {
    return columns;
  }
}
