package io.github.oche.bilevel.meta;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.bilevel.Objective;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The start that is the first entries of x. */
record FirstEntries(int length) implements StartMap {
  FirstEntries {
    checkArgument(length >= 1, "length of the start is %s, expected at least 1", length);
  }

  @Override
  public void start(Objective task, INDArray x, INDArray start) {
    start.assign(Slices.of(x, 0, length));
  }

  @Override
  public void pullback(Objective task, INDArray x, INDArray p, INDArray addToX) {
    Slices.of(addToX, 0, length).addi(p);
  }
}
