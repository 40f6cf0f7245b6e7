package io.github.oche.bilevel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;

/** The projection onto a box. */
record Box(double low, double high) implements Projection {
  @Override
  public void project(INDArray v) {
    Nd4j.getExecutioner().exec(new ScalarMax(v, null, v, low));
    Nd4j.getExecutioner().exec(new ScalarMin(v, null, v, high));
  }

  @Override
  public void differentiate(INDArray before, INDArray tangent) {
    tangent.muli(before.gte(low).castTo(tangent.dataType()));
    tangent.muli(before.lte(high).castTo(tangent.dataType()));
  }
}
