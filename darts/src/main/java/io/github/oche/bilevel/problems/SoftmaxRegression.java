package io.github.oche.bilevel.problems;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code Z = X W + 1 b'} with y = (W [d, C] column by column, b [C]). */
final class SoftmaxRegression implements Classifier {
  private final INDArray features; // [N, d]
  private final INDArray ones; // [N, 1]
  private final int dimension;
  private final int classes;
  private final INDArray logits; // [N, C]
  private final INDArray tangent; // [N, C]

  SoftmaxRegression(Samples samples) {
    features = samples.features();
    dimension = samples.dimension();
    classes = samples.classes();
    ones = Nd4j.ones(features.dataType(), samples.count(), 1);
    logits = Blocks.columns(features.dataType(), samples.count(), classes);
    tangent = logits.dup('f');
  }

  @Override
  public int parameters() {
    return (dimension + 1) * classes;
  }

  @Override
  public INDArray logits(INDArray y) {
    return affine(y, logits);
  }

  private INDArray affine(INDArray y, INDArray to) {
    Nd4j.gemm(ones, Blocks.of(y, weights(), 1, classes), to, false, false, 1, 0);
    return Nd4j.gemm(features, Blocks.of(y, 0, dimension, classes), to, false, false, 1, 1);
  }

  private int weights() {
    return dimension * classes;
  }

  @Override
  public void pullback(INDArray y, INDArray d, INDArray to) {
    Nd4j.gemm(features, d, Blocks.of(to, 0, dimension, classes), true, false, 1, 0);
    Nd4j.gemm(ones, d, Blocks.of(to, weights(), 1, classes), true, false, 1, 0);
  }

  @Override
  public INDArray tangent(INDArray y, INDArray dy) {
    return affine(dy, tangent);
  }

  @Override
  public void pullbackTangent(
      INDArray y, @Nullable INDArray dy, INDArray d, INDArray rd, INDArray to) {
    pullback(y, rd, to);
  }
}
