package io.github.oche.bilevel.linear;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An array that is kept between calls and made anew only when another shape or type is wanted. */
public final class Scratch {
  private @Nullable INDArray array;

  /** Creates a scratch that holds nothing yet. */
  public Scratch() {}

  /**
   * The array, made anew if the last one does not fit.
   *
   * @param model of the shape and type that are wanted
   * @return an array of arbitrary content, the same one until another shape or type is wanted
   */
  public INDArray like(INDArray model) {
    INDArray kept = array;
    if (kept != null && Vectors.alike(kept, model)) {
      return kept;
    }
    INDArray fresh = Nd4j.createUninitialized(model.dataType(), model.shape());
    array = fresh;
    return fresh;
  }
}
