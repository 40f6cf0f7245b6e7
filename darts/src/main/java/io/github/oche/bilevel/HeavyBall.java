package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One lower step of gradient descent with momentum and weight decay, as PyTorch's SGD and the
 * published DARTS code define it:
 *
 * <pre>{@code
 * v' = momentum v + (grad f(x, y) + decay y)
 * y' = y - rate v'
 * }</pre>
 *
 * <p>The derivative of y' by x is {@code -rate} times the mixed second derivative of f: buffer and
 * decay do not depend on x.
 *
 * @param rate step length, at least 0
 * @param momentum share of the buffer that is kept, in [0, 1)
 * @param decay weight decay, at least 0
 */
public record HeavyBall(double rate, double momentum, double decay) {
  /**
   * Creates a step.
   *
   * @param rate step length, at least 0
   * @param momentum share of the buffer that is kept, in [0, 1)
   * @param decay weight decay, at least 0
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public HeavyBall {
    checkArgument(
        rate >= 0 && Double.isFinite(rate), "rate is %s, expected a finite number >= 0", rate);
    checkArgument(
        momentum >= 0 && momentum < 1, "momentum is %s, expected a number in [0, 1)", momentum);
    checkArgument(
        decay >= 0 && Double.isFinite(decay), "decay is %s, expected a finite number >= 0", decay);
  }

  /**
   * Plain gradient descent.
   *
   * @param rate step length, at least 0
   * @return the step without momentum or decay
   */
  public static HeavyBall gradientDescent(double rate) {
    return new HeavyBall(rate, 0, 0);
  }

  /**
   * Writes y' into {@code result}; {@code scratch} is overwritten. Both have y's shape, and neither
   * is y, buffer or gradient.
   */
  void step(State at, INDArray gradient, INDArray scratch, INDArray result) {
    scratch.assign(at.y()).muli(decay).addi(gradient);
    if (at.velocity() == null || momentum == 0) {
      result.assign(scratch);
    } else {
      result.assign(at.velocity()).muli(momentum).addi(scratch);
    }
    result.muli(-rate).addi(at.y());
  }
}
