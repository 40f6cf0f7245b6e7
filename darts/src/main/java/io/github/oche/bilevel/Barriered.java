package io.github.oche.bilevel;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A lower objective with logarithmic barriers of its constraints: {@code f - tau sum ln(-g)}.
 * Within tau of the border the logarithm goes over into the parabola of the same value, slope and
 * curvature, so that a point that a step of x has left outside finds its way back.
 */
final class Barriered {
  private final ImmutableList<Objective> constraints;
  private final Scratch byX = new Scratch();
  private final Scratch byY = new Scratch();
  private final Scratch termByX = new Scratch();
  private final Scratch termByY = new Scratch();

  Barriered(ImmutableList<Objective> constraints) {
    this.constraints = constraints;
  }

  double value(Objective lower, double tau, INDArray x, INDArray y) {
    double value = lower.value(x, y);
    for (Objective g : constraints) {
      value += tau * barrier(-g.value(x, y), tau);
    }
    return value;
  }

  /** The gradient by x, valid until the next call. */
  INDArray byX(Objective lower, double tau, INDArray x, INDArray y) {
    INDArray sum = byX.like(x).assign(lower.gradient(x, y, Partial.X).dx());
    for (Objective g : constraints) {
      Gradient at = g.gradient(x, y, Partial.X);
      sum.addi(termByX.like(x).assign(at.dx()).muli(-tau * slope(-at.value(), tau)));
    }
    return sum;
  }

  /** The gradient by y, valid until the next call. */
  INDArray byY(Objective lower, double tau, INDArray x, INDArray y) {
    INDArray sum = byY.like(y).assign(lower.gradient(x, y, Partial.Y).dy());
    for (Objective g : constraints) {
      Gradient at = g.gradient(x, y, Partial.Y);
      sum.addi(termByY.like(y).assign(at.dy()).muli(-tau * slope(-at.value(), tau)));
    }
    return sum;
  }

  private static double barrier(double room, double width) {
    if (room > width) {
      return -StrictMath.log(room);
    }
    double s = (room - 2 * width) / width;
    return 0.5 * (s * s - 1) - StrictMath.log(width);
  }

  private static double slope(double room, double width) {
    return room > width ? -1 / room : (room - 2 * width) / (width * width);
  }
}
