package io.github.oche.engine;

import org.jspecify.annotations.Nullable;

/** A node's value for a batch, and its gradient, as steps read and write them. */
final class Tensor {
  final Shape shape;

  /** How its channels lie in blocks. */
  final ChannelBlocks channels;

  /** How its users read its value. */
  final Affine value;

  /** How its users read the value's derivative along a direction; null if the plan has none. */
  final @Nullable Affine along;

  /** Whether it depends on anything that has a gradient. */
  final boolean hasGradient;

  /** Whether it depends on mixing weights. */
  final boolean mixed;

  /** How its producer reads the gradient of the loss with respect to it. */
  @Nullable Affine gradient;

  /** Likewise along a direction. */
  @Nullable Affine gradientAlong;

  /** What its users add their share of the gradient to; null if they need not. */
  @Nullable Storage target;

  @Nullable Storage targetAlong;

  /** The batch norm by which its value is read, where it is not stored. */
  @Nullable Norm norm;

  /** Whether its one user is a convolution, which then measures the gradient for the norm. */
  boolean measuredByUser;

  private @Nullable Tensor whole;
  private boolean contributed;

  Tensor(
      Shape shape,
      ChannelBlocks channels,
      Affine value,
      @Nullable Affine along,
      boolean hasGradient,
      boolean mixed) {
    this.shape = shape;
    this.channels = channels;
    this.value = value;
    this.along = along;
    this.hasGradient = hasGradient;
    this.mixed = mixed;
  }

  int blocks() {
    return value.x[0].blocks;
  }

  /** Its storage, where it is stored as it is. */
  Storage stored() {
    if (!value.isStored()) {
      throw new IllegalStateException("value is not stored");
    }
    return value.x[0];
  }

  Affine along() {
    return Present.of(along);
  }

  Affine gradient() {
    return Present.of(gradient);
  }

  Affine gradientAlong() {
    return Present.of(gradientAlong);
  }

  Storage target() {
    return Present.of(target);
  }

  Storage targetAlong() {
    return Present.of(targetAlong);
  }

  /** Makes this a part of a join: its gradient starts as a part of the join's. */
  void partOf(Tensor whole) {
    this.whole = whole;
  }

  /**
   * Registers one more share of the gradient, in the order of the backward pass.
   *
   * @return whether there is something to add to already
   */
  boolean contribute(int time) {
    if (target != null) {
      target.touch(time);
    }
    if (targetAlong != null) {
      targetAlong.touch(time);
    }
    boolean before = contributed || (whole != null && whole.contributed);
    contributed = true;
    return before;
  }

  void touchValue(int time) {
    value.touch(time);
  }

  void touchAlong(int time) {
    if (along != null) {
      along.touch(time);
    }
  }

  void touchGradient(int time) {
    if (gradient != null) {
      gradient.touch(time);
    }
    if (gradientAlong != null) {
      gradientAlong.touch(time);
    }
  }
}
