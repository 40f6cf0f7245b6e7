package io.github.oche.bilevel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An array that is kept between calls and made anew only when another shape or type is wanted. */
final class Scratch {
  private @Nullable INDArray array;

  /** Returns an array of the shape and type of {@code model}; its content is arbitrary. */
  INDArray like(INDArray model) {
    INDArray kept = array;
    if (kept != null
        && kept.dataType() == model.dataType()
        && Arrays.equals(kept.shape(), model.shape())) {
      return kept;
    }
    INDArray fresh = Nd4j.createUninitialized(model.dataType(), model.shape());
    array = fresh;
    return fresh;
  }
}
