package io.github.oche.bilevel;

import io.github.oche.bilevel.linear.Scratch;
import io.github.oche.bilevel.linear.Vectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The derivative of a gradient along a direction d = (dx, dy) from two gradients:
 *
 * <pre>{@code
 * (grad f(p + e d) - grad f(p - e d)) / (2 e)
 * }</pre>
 *
 * <p>p = (x, y) is never touched: copies are moved. The gradient at p + e d is taken first. A zero
 * direction gives zero after no gradient at all; a direction that is not finite gives NaN.
 *
 * <p>The step is {@code e = radius / ||d||}, with the radius 0.01 of the DARTS paper for {@code
 * FLOAT} arrays, where rounding is the larger error, and {@code cbrt(2^-52) (1 + ||q||)} for {@code
 * DOUBLE} ones, q being the variables that move, which balances rounding and truncation. {@link
 * #ofRadius} fixes it. A difference across the kink of a ReLU may point elsewhere than the
 * derivative; the exact product does not have this fault.
 *
 * <p>An instance keeps the vectors that it needs and allocates none once it has seen the shapes.
 * One thread at a time may use it.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, equation
 *     (8)</a>
 */
public final class CentralDifference {
  private static final double FLOAT_RADIUS = 0.01;
  private static final double DOUBLE_RADIUS = StrictMath.cbrt(StrictMath.ulp(1.0));

  private final double fixedRadius; // 0: by the type of the arrays
  private final Scratch movedX = new Scratch();
  private final Scratch movedY = new Scratch();
  private final Scratch resultX = new Scratch();
  private final Scratch resultY = new Scratch();

  private CentralDifference(double fixedRadius) {
    this.fixedRadius = fixedRadius;
  }

  /**
   * Differences whose radius follows from the type of the arrays.
   *
   * @return differences with memory of their own
   */
  public static CentralDifference standard() {
    return new CentralDifference(0);
  }

  /**
   * Differences of a given radius.
   *
   * @param radius length of {@code e d}, positive
   * @return differences with memory of their own
   */
  public static CentralDifference ofRadius(double radius) {
    Settings.positive("radius", radius);
    return new CentralDifference(radius);
  }

  /**
   * The derivative of the gradient of f at (x, y) along (dx, dy). Costs two gradients.
   *
   * @param f the function
   * @param x upper variable, [n]
   * @param y lower variable, [m]
   * @param dx direction of the upper variable, [n]; null is zero
   * @param dy direction of the lower variable, [m]; null is zero
   * @param wanted the parts to compute
   * @return the product, valid until the next call; never {@linkplain Gradient#isExact() exact}
   *     unless it is zero
   */
  public Gradient along(
      Objective f,
      INDArray x,
      INDArray y,
      @Nullable INDArray dx,
      @Nullable INDArray dy,
      Partial wanted) {
    if (dx != null) {
      Vectors.requireShape("dx", dx, x);
    }
    if (dy != null) {
      Vectors.requireShape("dy", dy, y);
    }
    INDArray hx = wanted.wantsX() ? resultX.like(x) : null;
    INDArray hy = wanted.wantsY() ? resultY.like(y) : null;
    double norm = norm(dx, dy);
    if (norm == 0) {
      return Gradient.exact(0, zero(hx), zero(hy));
    }
    double step = radius(dx == null ? null : x, dy == null ? null : y) / norm;

    Gradient plus = f.gradient(moveX(x, step, dx), moveY(y, step, dy), wanted);
    double rise = plus.value();
    if (hx != null) {
      hx.assign(plus.dx());
    }
    if (hy != null) {
      hy.assign(plus.dy());
    }
    Gradient minus = f.gradient(moveX(x, -step, dx), moveY(y, -step, dy), wanted);
    if (hx != null) {
      hx.subi(minus.dx()).divi(2 * step);
    }
    if (hy != null) {
      hy.subi(minus.dy()).divi(2 * step);
    }
    return Gradient.approximate((rise - minus.value()) / (2 * step), hx, hy);
  }

  private double radius(@Nullable INDArray movingX, @Nullable INDArray movingY) {
    if (fixedRadius > 0) {
      return fixedRadius;
    }
    boolean wide =
        (movingX == null || movingX.dataType() == DataType.DOUBLE)
            && (movingY == null || movingY.dataType() == DataType.DOUBLE);
    return wide ? DOUBLE_RADIUS * (1 + norm(movingX, movingY)) : FLOAT_RADIUS;
  }

  private static double norm(@Nullable INDArray a, @Nullable INDArray b) {
    double squares =
        (a == null ? 0 : Vectors.sumOfSquares(a)) + (b == null ? 0 : Vectors.sumOfSquares(b));
    return Math.sqrt(squares);
  }

  private INDArray moveX(INDArray x, double step, @Nullable INDArray dx) {
    return dx == null ? x : movedX.like(x).assign(dx).muli(step).addi(x);
  }

  private INDArray moveY(INDArray y, double step, @Nullable INDArray dy) {
    return dy == null ? y : movedY.like(y).assign(dy).muli(step).addi(y);
  }

  private static @Nullable INDArray zero(@Nullable INDArray a) {
    return a == null ? null : a.assign(0);
  }
}
