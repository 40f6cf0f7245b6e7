package io.github.oche.bilevel;

import static java.util.Locale.ROOT;

import io.github.oche.bilevel.linear.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares an objective's gradient and product with differences of its value and gradient. */
final class ObjectiveCheck {
  private static final int DIRECTIONS = 3;

  private final String name;
  private final Objective objective;
  private final INDArray x;
  private final INDArray y;
  private final List<String> complaints;
  private final double tolerance;
  private final double radius;
  private final Random random = new Random(1);

  private ObjectiveCheck(
      String name, Objective objective, INDArray x, INDArray y, List<String> complaints) {
    this.name = name;
    this.objective = objective;
    this.x = x.dup();
    this.y = y.dup();
    this.complaints = complaints;
    boolean wide = x.dataType() == DataType.DOUBLE && y.dataType() == DataType.DOUBLE;
    tolerance = wide ? 1e-4 : 3e-2;
    radius = Math.max(Slope.radius(x), Slope.radius(y));
  }

  /** Adds what is wrong at (x, y); returns whether the product is exact. */
  static boolean check(
      String name, Objective objective, INDArray x, INDArray y, List<String> complaints) {
    return new ObjectiveCheck(name, objective, x, y, complaints).run();
  }

  private boolean run() {
    double[] heldX = doubles(x);
    double[] heldY = doubles(y);
    double value = objective.value(x, y);
    if (!Double.isFinite(value)) {
      complain("value is %s", value);
      return true;
    }
    double again = objective.value(x, y);
    if (Double.doubleToLongBits(again) != Double.doubleToLongBits(value)) {
      complain(
          "value is %s at first and %s when asked again: batch and masks must stay as they are",
          value, again);
      return true;
    }
    boolean exact = true;
    if (gradientFits(value)) {
      exact = productFits();
    }
    if (!Arrays.equals(heldX, doubles(x)) || !Arrays.equals(heldY, doubles(y))) {
      complain("methods change their arguments");
    }
    return exact;
  }

  private boolean gradientFits(double value) {
    Gradient both = objective.gradient(x, y, Partial.BOTH);
    INDArray byX = both.dx().dup();
    INDArray byY = both.dy().dup();
    if (!Arrays.equals(byX.shape(), x.shape()) || !Arrays.equals(byY.shape(), y.shape())) {
      complain(
          "gradient has the shapes %s and %s, expected %s and %s",
          Arrays.toString(byX.shape()),
          Arrays.toString(byY.shape()),
          Arrays.toString(x.shape()),
          Arrays.toString(y.shape()));
      return false;
    }
    if (!Vectors.isFinite(byX) || !Vectors.isFinite(byY)) {
      complain("gradient is not finite");
      return false;
    }
    if (!(Math.abs(both.value() - value) <= tolerance * (1 + Math.abs(value)))) {
      complain("gradient says that its value is %s, its value says %s", both.value(), value);
    }
    double alone =
        Math.max(
            distance(objective.gradient(x, y, Partial.X).dx(), byX),
            distance(objective.gradient(x, y, Partial.Y).dy(), byY));
    if (!(alone <= tolerance)) {
      complain("gradient by one variable alone is not that of both (off by %.2g)", alone);
    }
    boolean xFits = slopesFit("x", byX, value); // look at both, whatever the first gives
    return slopesFit("y", byY, value) && xFits;
  }

  /** Along a few directions of one variable. */
  private boolean slopesFit(String variable, INDArray gradient, double value) {
    boolean ofX = variable.equals("x");
    double worst = 0;
    double size = 0;
    double doubt = 1e-12 * Math.abs(value) / radius;
    for (int i = 0; i < DIRECTIONS; i++) {
      INDArray d = direction(gradient);
      Slope slope =
          Slope.of(
              h -> objective.value(ofX ? x.add(d.mul(h)) : x, ofX ? y : y.add(d.mul(h))), radius);
      double told = Vectors.dot(gradient, d);
      worst = worst(worst, Math.abs(told - slope.value()));
      size = Math.max(size, Math.max(Math.abs(told), Math.abs(slope.value())));
      doubt = Math.max(doubt, slope.doubt());
    }
    if (worst <= tolerance * size + doubt) {
      return true;
    }
    complain("gradient by %s is wrong: off by %.2g of it", variable, worst / size);
    return false;
  }

  private boolean productFits() {
    INDArray dx = direction(x);
    INDArray dy = direction(y);
    boolean exact = productFits("x", dx, null);
    exact &= productFits("y", null, dy);
    return exact;
  }

  private boolean productFits(String variable, @Nullable INDArray dx, @Nullable INDArray dy) {
    Gradient product = objective.along(x, y, dx, dy, Partial.BOTH);
    boolean exact = product.isExact();
    INDArray byX = product.dx().dup();
    INDArray byY = product.dy().dup();
    INDArray[] near = rise(dx, dy, radius);
    INDArray[] far = rise(dx, dy, 2 * radius);
    compare(variable, "x", byX, near[0], far[0]);
    compare(variable, "y", byY, near[1], far[1]);
    return exact;
  }

  private void compare(String along, String by, INDArray told, INDArray near, INDArray far) {
    INDArray expected = near.mul(4).subi(far).divi(3);
    double doubt = norm(near.sub(far)) / 3;
    double size = Math.max(norm(told), norm(expected));
    double error = norm(told.sub(expected));
    double floor = 1e-9 * (1 + norm(x) + norm(y));
    if (!(error <= tolerance * size + doubt + (tolerance > 1e-3 ? tolerance : floor))) {
      complain(
          "product along %s is wrong in its part by %s: off by %.2g of it",
          along, by, error / size);
    }
  }

  /** (grad(p + h d) - grad(p - h d)) / 2h. */
  private INDArray[] rise(@Nullable INDArray dx, @Nullable INDArray dy, double h) {
    Gradient plus = objective.gradient(moved(x, dx, h), moved(y, dy, h), Partial.BOTH);
    INDArray byX = plus.dx().dup();
    INDArray byY = plus.dy().dup();
    Gradient minus = objective.gradient(moved(x, dx, -h), moved(y, dy, -h), Partial.BOTH);
    return new INDArray[] {
      byX.subi(minus.dx()).divi(2 * h), byY.subi(minus.dy()).divi(2 * h),
    };
  }

  private static INDArray moved(INDArray from, @Nullable INDArray d, double h) {
    return d == null ? from : from.add(d.mul(h));
  }

  /** A random direction of length 1. */
  private INDArray direction(INDArray like) {
    INDArray d = like.dup('c');
    for (long i = 0; i < d.length(); i++) {
      d.putScalar(i, random.nextGaussian());
    }
    return d.divi(norm(d));
  }

  private void complain(String what, Object... arguments) {
    String complaint = name + "'s " + String.format(ROOT, what, arguments);
    if (!complaints.contains(complaint)) {
      complaints.add(complaint);
    }
  }

  private static double worst(double a, double b) {
    return a >= b ? a : b; // NaN counts as worst
  }

  private static double distance(INDArray a, INDArray b) {
    double size = norm(b);
    double error = norm(a.sub(b));
    return error == 0 ? 0 : error / size;
  }

  static double norm(INDArray a) {
    return Math.sqrt(Vectors.sumOfSquares(a));
  }

  private static double[] doubles(INDArray a) {
    return a.dup().data().asDouble();
  }
}
