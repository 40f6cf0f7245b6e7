package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The proximal map of {@code threshold |.|_1}: v less its projection onto [-threshold, threshold].
 */
final class SoftThreshold implements Projection {
  private final double threshold;
  private final Scratch scratch = new Scratch();

  SoftThreshold(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public void project(INDArray v) {
    INDArray inner = scratch.like(v).assign(v);
    Nd4j.getExecutioner().exec(new ScalarMax(inner, null, inner, -threshold));
    Nd4j.getExecutioner().exec(new ScalarMin(inner, null, inner, threshold));
    v.subi(inner);
  }

  @Override
  public void differentiate(INDArray before, INDArray tangent) {
    INDArray beyond = Transforms.abs(scratch.like(before).assign(before), false).subi(threshold);
    tangent.muli(Transforms.step(beyond, false));
  }

  @Override
  public String toString() {
    return "soft threshold " + threshold;
  }
}
