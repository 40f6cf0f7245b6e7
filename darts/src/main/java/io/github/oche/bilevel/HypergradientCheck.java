package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static java.util.Locale.ROOT;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.linear.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tells whether a hypergradient on your problem is right. It compares each objective's gradient and
 * product with differences of its value and gradient, which is where most errors are; then the
 * estimate with central differences of what it {@linkplain Hypergradient#claim claims} to be the
 * derivative of (a window of the steps, one step from a given y, the steps to the worst F), of the
 * unrolled objective {@code F(x, y_T(x))}, and if wanted of the solved problem, for which the lower
 * level makes many more steps. The first says whether the method is computed right, the others how
 * crude it is. An implicit method claims to solve a linear system: the residual is told.
 *
 * <pre>{@code
 * System.out.println(
 *     new HypergradientCheck(HeavyBall.gradientDescent(0.4), 20)
 *         .alsoSolved(500)
 *         .of(new ReverseMode(1), problem, x, y));
 * }</pre>
 *
 * <p>Meant for small instances of a problem, better in {@code DOUBLE}: four runs of the lower level
 * for each entry of x, of which it takes at most 100. Nothing here is fast or sparing.
 */
public final class HypergradientCheck {
  private static final int MOST_ENTRIES = 100;
  private static final double WORTH_SAYING = 1e-2; // of doubt: it bounds the error from far above

  private final Dynamics dynamics;
  private final int steps;
  private final int solvedSteps; // 0: none

  private HypergradientCheck(Dynamics dynamics, int steps, int solvedSteps) {
    this.dynamics = checkNotNull(dynamics, "dynamics");
    checkArgument(steps >= 0, "steps is %s, expected at least 0", steps);
    this.steps = steps;
    this.solvedSteps = solvedSteps;
  }

  /**
   * Creates a check against the unrolled objective.
   *
   * @param dynamics what a lower step is
   * @param steps T, lower steps before the estimate, at least 0
   */
  public HypergradientCheck(Dynamics dynamics, int steps) {
    this(dynamics, steps, 0);
  }

  /**
   * The same check, which compares with the solved problem too.
   *
   * @param many steps of the same dynamics that (nearly) solve the lower level, more than T
   * @return the check
   */
  public HypergradientCheck alsoSolved(int many) {
    checkArgument(many > steps, "steps that solve are %s, expected more than %s", many, steps);
    return new HypergradientCheck(dynamics, steps, many);
  }

  /**
   * How an estimate stands to differences, over the entries of x that were compared.
   *
   * @param error length of estimate less differences, relative to the longer of them; 0 if both are
   *     zero
   * @param cosine of the angle between them, 0 if one is zero
   * @param length of the estimate as a multiple of the differences'
   * @param doubt relative error of the differences themselves, as two radii tell it
   * @param entries of x that were compared
   */
  public record Comparison(double error, double cosine, double length, double doubt, int entries) {}

  /**
   * What was found. {@link #toString} says it in words.
   *
   * @param outcome of the estimate
   * @param exact false if the estimate has finite differences in it
   * @param residual of the linear system of an implicit method, NaN without one
   * @param complaints about the objectives; empty if they are right
   * @param claim what the method goes through, empty for all T steps and for implicit ones
   * @param claimed against differences of that; null without a claim, or if there is nothing to
   *     compare
   * @param unrolled against differences of {@code F(x, y_T(x))}; null if there is nothing to
   *     compare
   * @param solved against those of the solved problem; null if not asked for, or nothing to compare
   * @param tolerance up to which error the estimate counts as right
   * @param steps T
   * @param window of the hypergradient
   */
  public record Report(
      Outcome outcome,
      boolean exact,
      double residual,
      ImmutableList<String> complaints,
      String claim,
      @Nullable Comparison claimed,
      @Nullable Comparison unrolled,
      @Nullable Comparison solved,
      double tolerance,
      int steps,
      int window) {

    /**
     * Says whether all is well with the unrolled objective.
     *
     * @return true if the objectives gave no cause for complaint and the estimate is that of the
     *     differences
     */
    public boolean agrees() {
      return complaints.isEmpty() && unrolled != null && fits(unrolled);
    }

    /**
     * Says whether the method gives what it claims, be that crude or not.
     *
     * @return true if the objectives gave no cause for complaint and the estimate is that of the
     *     claim's differences; without a claim, if a linear system was solved to the tolerance, and
     *     without such a system, if it {@link #agrees}
     */
    public boolean keepsItsClaim() {
      if (!claim.isEmpty()) {
        return complaints.isEmpty() && claimed != null && fits(claimed);
      }
      return Double.isNaN(residual)
          ? agrees()
          : complaints.isEmpty() && outcome.isUsable() && residual <= tolerance;
    }

    private boolean fits(Comparison comparison) {
      return comparison.error() <= Math.max(tolerance, comparison.doubt());
    }

    /** {@return the findings, one a line} */
    @Override
    public String toString() {
      List<String> lines = new ArrayList<>(complaints);
      if (!outcome.isUsable()) {
        lines.add("the hypergradient is not usable: " + outcome);
      }
      if (!Double.isNaN(residual)) {
        lines.add(
            format(
                residual <= tolerance
                    ? "its linear system is solved: the residual is %.1g"
                    : "its linear system is NOT solved: the residual is %.1g",
                residual));
      }
      if (claimed != null) {
        lines.add(sentence("what it claims, " + claim, claimed));
      } else if (outcome.isUsable() && !claim.isEmpty()) {
        lines.add("what it claims, " + claim + ", is not finite near x");
      }
      if (unrolled != null) {
        lines.add(sentence("the unrolled objective, T = " + steps, unrolled) + hint(unrolled));
      } else if (outcome.isUsable()) {
        lines.add("the unrolled objective is not finite near x; try a smaller lower step");
      }
      if (solved != null) {
        lines.add(sentence("the solved problem", solved));
      }
      if (!exact) {
        lines.add("the hypergradient has finite differences or chance in it");
      }
      return String.join("\n", lines);
    }

    private String sentence(String reference, Comparison c) {
      String verdict;
      if (fits(c)) {
        verdict = format("agrees to %.1g", c.error());
      } else if (c.length() == 0) {
        verdict = "is zero, the differences are not";
      } else if (Double.isInfinite(c.length())) {
        verdict = "is not zero, the differences are";
      } else if (c.cosine() > 0.999) {
        verdict =
            format(
                "right direction, %s: %.3g times as long",
                c.length() < 1 ? "too short" : "too long", c.length());
      } else if (c.cosine() < -0.999) {
        verdict = format("points the opposite way, %.3g times as long: a sign?", c.length());
      } else {
        verdict =
            format("points elsewhere (cosine %.3f, %.3g times as long)", c.cosine(), c.length());
      }
      String doubt =
          c.doubt() > WORTH_SAYING
              ? format(" (the differences are only good to %.1g: a kink or noise?)", c.doubt())
              : "";
      return "against " + reference + ": " + verdict + doubt;
    }

    private String hint(Comparison c) {
      if (fits(c)) {
        return "";
      }
      if (!complaints.isEmpty()) {
        return "; mend the objectives first";
      }
      if (window < steps) {
        return window == 0
            ? "; it does not go back through these steps"
            : "; its window of " + window + " is shorter than the memory of the lower level?";
      }
      return exact
          ? "; is it meant for this dynamics and start?"
          : "; it has finite differences or chance in it";
    }
  }

  /**
   * Checks a hypergradient.
   *
   * @param hypergradient what is checked
   * @param problem the objectives, each on the batch that it holds
   * @param x upper variable, [n]
   * @param y where the lower level starts, [m]
   * @return what was found
   */
  public Report of(Hypergradient hypergradient, BilevelProblem problem, INDArray x, INDArray y) {
    INDArray held = x.dup();
    State start = dynamics.start(y);
    Trajectory lower = Trajectory.keeping(dynamics, steps, hypergradient.window());
    lower.run(problem, held, start);
    List<String> complaints = new ArrayList<>();
    ObjectiveCheck.check("the upper objective", problem.upper(), x, y, complaints);
    ObjectiveCheck.check("the lower objective", problem.lower(), x, y, complaints);
    if (lower.isFinite()) { // at its start a lower level may be blind to x, at its end to y
      INDArray last = lower.last().y();
      ObjectiveCheck.check("the upper objective", problem.upper(), x, last, complaints);
      ObjectiveCheck.check("the lower objective", problem.lower(), x, last, complaints);
    } else {
      complaints.add("the lower level is not finite after " + lower.steps() + " steps");
    }
    Estimate estimate = hypergradient.estimate(problem, held, lower);
    INDArray h = estimate.gradient().dup();
    boolean usable = estimate.isUsable();
    Optional<Claim> claim = usable ? hypergradient.claim(problem, held, lower) : Optional.empty();
    boolean wide = x.dataType() == DataType.DOUBLE && y.dataType() == DataType.DOUBLE;
    double tolerance = !wide ? 1e-2 : estimate.exact() ? 1e-6 : 1e-3;
    return new Report(
        estimate.outcome(),
        estimate.exact(),
        estimate.residual(),
        ImmutableList.copyOf(complaints),
        claim.map(Claim::words).orElse(""),
        claim.map(c -> compare(c.function(), x, h)).orElse(null),
        usable ? compare(unrolled(problem, start, steps), x, h) : null,
        usable && solvedSteps > 0 ? compare(unrolled(problem, start, solvedSteps), x, h) : null,
        tolerance,
        steps,
        hypergradient.window());
  }

  private ToDoubleFunction<INDArray> unrolled(BilevelProblem problem, State start, int many) {
    Trajectory lower = Trajectory.keeping(dynamics, many, 0);
    return x -> {
      lower.run(problem, x, start);
      return lower.isFinite() ? problem.upper().value(x, lower.last().y()) : Double.NaN;
    };
  }

  private static @Nullable Comparison compare(
      ToDoubleFunction<INDArray> function, INDArray x, INDArray h) {
    int entries = (int) Math.min(MOST_ENTRIES, x.length());
    double ours = 0;
    double theirs = 0;
    double both = 0;
    double apart = 0;
    double doubt = 0;
    for (int i = 0; i < entries; i++) {
      long entry = i * x.length() / entries; // spread evenly
      INDArray moved = x.dup();
      double at = x.getDouble(entry);
      double scale = 1 + Math.abs(at);
      Slope slope =
          Slope.of(
              r -> {
                moved.putScalar(entry, at + r);
                return function.applyAsDouble(moved);
              },
              Slope.radius(x) * scale);
      double told = h.getDouble(entry);
      ours += told * told;
      theirs += slope.value() * slope.value();
      both += told * slope.value();
      apart += (told - slope.value()) * (told - slope.value());
      doubt += slope.doubt() * slope.doubt();
    }
    if (!Double.isFinite(theirs)) {
      return null;
    }
    double longer = Math.sqrt(Math.max(ours, theirs));
    return new Comparison(
        longer == 0 ? 0 : Math.sqrt(apart) / longer,
        ours == 0 || theirs == 0 ? 0 : both / Math.sqrt(ours * theirs),
        Math.sqrt(ours / theirs),
        theirs == 0 ? 0 : Math.sqrt(doubt / theirs),
        entries);
  }

  private static String format(String text, Object... arguments) {
    return String.format(ROOT, text, arguments);
  }
}
