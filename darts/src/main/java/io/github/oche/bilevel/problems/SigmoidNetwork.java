package io.github.oche.bilevel.problems;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One hidden layer: {@code H = sigmoid(X W + 1 b')}, {@code Z = H V + 1 c'}, with y = (W [d, h], b
 * [h], V [h, C], c [C]), each column by column.
 */
final class SigmoidNetwork implements Classifier {
  private final INDArray features; // [N, d]
  private final INDArray ones; // [N, 1]
  private final int dimension;
  private final int hidden;
  private final int classes;
  private final INDArray activations; // H, [N, h]
  private final INDArray slopes; // H (1 - H), [N, h]
  private final INDArray activationTangent; // [N, h]
  private final INDArray back; // [N, h]
  private final INDArray backTangent; // [N, h]
  private final INDArray logits; // [N, C]
  private final INDArray tangent; // [N, C]

  SigmoidNetwork(Samples samples, int hidden) {
    features = samples.features();
    dimension = samples.dimension();
    classes = samples.classes();
    this.hidden = hidden;
    int count = samples.count();
    ones = Nd4j.ones(features.dataType(), count, 1);
    activations = Blocks.columns(features.dataType(), count, hidden);
    slopes = activations.dup('f');
    activationTangent = activations.dup('f');
    back = activations.dup('f');
    backTangent = activations.dup('f');
    logits = Blocks.columns(features.dataType(), count, classes);
    tangent = logits.dup('f');
  }

  @Override
  public int parameters() {
    return (dimension + 1) * hidden + (hidden + 1) * classes;
  }

  private INDArray first(INDArray y) {
    return Blocks.of(y, 0, dimension, hidden);
  }

  private INDArray firstBias(INDArray y) {
    return Blocks.of(y, dimension * hidden, 1, hidden);
  }

  private INDArray second(INDArray y) {
    return Blocks.of(y, (dimension + 1) * hidden, hidden, classes);
  }

  private INDArray secondBias(INDArray y) {
    return Blocks.of(y, (dimension + 1 + classes) * hidden, 1, classes);
  }

  @Override
  public INDArray logits(INDArray y) {
    Nd4j.gemm(ones, firstBias(y), activations, false, false, 1, 0);
    Nd4j.gemm(features, first(y), activations, false, false, 1, 1);
    Transforms.sigmoid(activations, false);
    slopes.assign(activations).muli(activations).rsubi(activations); // H - H^2
    Nd4j.gemm(ones, secondBias(y), logits, false, false, 1, 0);
    return Nd4j.gemm(activations, second(y), logits, false, false, 1, 1);
  }

  @Override
  public void pullback(INDArray y, INDArray d, INDArray to) {
    Nd4j.gemm(d, second(y), back, false, true, 1, 0);
    back.muli(slopes);
    Nd4j.gemm(features, back, first(to), true, false, 1, 0);
    Nd4j.gemm(ones, back, firstBias(to), true, false, 1, 0);
    Nd4j.gemm(activations, d, second(to), true, false, 1, 0);
    Nd4j.gemm(ones, d, secondBias(to), true, false, 1, 0);
  }

  @Override
  public INDArray tangent(INDArray y, INDArray dy) {
    Nd4j.gemm(ones, firstBias(dy), activationTangent, false, false, 1, 0);
    Nd4j.gemm(features, first(dy), activationTangent, false, false, 1, 1);
    activationTangent.muli(slopes);
    Nd4j.gemm(ones, secondBias(dy), tangent, false, false, 1, 0);
    Nd4j.gemm(activations, second(dy), tangent, false, false, 1, 1);
    return Nd4j.gemm(activationTangent, second(y), tangent, false, false, 1, 1);
  }

  @Override
  public void pullbackTangent(
      INDArray y, @Nullable INDArray dy, INDArray d, INDArray rd, INDArray to) {
    if (dy == null) {
      pullback(y, rd, to);
      return;
    }
    // the change of back = (d V') s, where s = H - H^2 changes by (1 - 2 H) RH
    Nd4j.gemm(d, second(y), backTangent, false, true, 1, 0);
    back.assign(activations).muli(-2).addi(1).muli(activationTangent);
    backTangent.muli(back);
    Nd4j.gemm(rd, second(y), back, false, true, 1, 0);
    Nd4j.gemm(d, second(dy), back, false, true, 1, 1);
    backTangent.addi(back.muli(slopes));
    Nd4j.gemm(features, backTangent, first(to), true, false, 1, 0);
    Nd4j.gemm(ones, backTangent, firstBias(to), true, false, 1, 0);
    Nd4j.gemm(activations, rd, second(to), true, false, 1, 0);
    Nd4j.gemm(activationTangent, d, second(to), true, false, 1, 1);
    Nd4j.gemm(ones, rd, secondBias(to), true, false, 1, 0);
  }
}
