package io.github.oche.bilevel;

import static io.github.oche.bilevel.Hypergradient.ALL;
import static io.github.oche.bilevel.OneStage.Product.EXACT;
import static io.github.oche.bilevel.OneStage.Product.FINITE_DIFFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.HypergradientCheck.Comparison;
import io.github.oche.bilevel.HypergradientCheck.Report;
import io.github.oche.bilevel.ReverseMode.Cut;
import io.github.oche.bilevel.linear.ConjugateGradient;
import io.github.oche.bilevel.linear.Outcome;
import io.github.oche.bilevel.meta.EveryStep;
import io.github.oche.bilevel.meta.FirstOrder;
import io.github.oche.bilevel.problems.Ridge;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The check finds the faults that users make, and says so. */
class HypergradientCheckTest {
  private static final HeavyBall STEP = HeavyBall.gradientDescent(0.4);
  private static final INDArray X = Nd4j.createFromArray(0.3);
  private static final INDArray Y = Nd4j.createFromArray(0.1, -0.2);
  private static final Objective UPPER = Ridge.problem().upper();
  private static final Objective LOWER = Ridge.problem().lower();

  private static Report check(Hypergradient h, Objective upper, Objective lower) {
    return new HypergradientCheck(STEP, 20).of(h, new BilevelProblem(upper, lower), X, Y);
  }

  private static Comparison unrolled(Report report) {
    return Objects.requireNonNull(report.unrolled());
  }

  @Test
  void rightOnesAgree() {
    for (Hypergradient h : new Hypergradient[] {ReverseMode.full(), new ForwardMode()}) {
      Report report = new HypergradientCheck(STEP, 20).alsoSolved(300).of(h, Ridge.problem(), X, Y);
      assertThat(report.agrees()).isTrue();
      assertThat(report.complaints()).isEmpty();
      assertThat(unrolled(report).error()).isLessThan(1e-10);
      assertThat(unrolled(report).length()).isCloseTo(1, offset(1e-10));
      assertThat(report.solved()).isNotNull();
      assertThat(report.toString())
          .containsPattern("^against the unrolled objective, T = 20: agrees to [0-9.e-]+\n")
          .containsPattern("\nagainst the solved problem: agrees to [0-9.e-]+$");
    }
  }

  @Test
  void argumentsStayBitForBit() {
    check(ReverseMode.full(), UPPER, LOWER);
    assertThat(X.toDoubleVector()).containsExactly(0.3);
    assertThat(Y.toDoubleVector()).containsExactly(0.1, -0.2);
  }

  @Test
  void floatAgreesAsFarAsItGoes() {
    Report report =
        new HypergradientCheck(new HeavyBall(0.2, 0.5, 0), 6)
            .of(
                ReverseMode.full(),
                Waves.problem(),
                Nd4j.createFromArray(0.3f, -0.7f, 0.5f),
                Nd4j.createFromArray(0.4f, -0.9f));
    assertThat(report.agrees()).as(report.toString()).isTrue();
    assertThat(Nd4j.createFromArray(1f).dataType()).isEqualTo(DataType.FLOAT);
  }

  @Test
  void aShortWindowIsTooShort() {
    Report report = check(new ReverseMode(1), UPPER, LOWER);
    assertThat(report.agrees()).isFalse();
    assertThat(unrolled(report).length()).isBetween(0.5, 1.2);
    assertThat(report.toString())
        .contains("right direction, too ")
        .contains("its window of 1 is shorter than the memory of the lower level?");
  }

  @Test
  void firstOrderPointsElsewhere() {
    HypergradientCheck check = new HypergradientCheck(HeavyBall.gradientDescent(0.3), 6);
    INDArray x = Nd4j.createFromArray(0.3, -0.7, 0.5);
    Report report =
        check.of(OneStage.firstOrder(), Waves.problem(), x, Nd4j.createFromArray(0.4, -0.9));
    assertThat(report.toString()).contains("points elsewhere (cosine ");
    assertThat(Math.abs(unrolled(report).cosine())).isLessThan(0.999);
    assertThat(unrolled(report).entries()).isEqualTo(3);
    assertThat(check(OneStage.firstOrder(), UPPER, LOWER).toString())
        .contains("is zero, the differences are not");
  }

  /** Crude or not, each is the derivative of what it claims, here with x in both levels. */
  static List<Arguments> claims() {
    HeavyBall step = new HeavyBall(0.2, 0.5, 0);
    HeavyBall descent = HeavyBall.gradientDescent(0.3);
    return List.of(
        Arguments.of(new ReverseMode(3), "the last 3 of 8 steps"),
        Arguments.of(new ReverseMode(ALL, Cut.WORST_UPPER), "the 1 steps to where F is largest"),
        Arguments.of(OneStage.firstOrder(), "no step: y is held"),
        Arguments.of(new OneStage(descent, EXACT), "one step from where the lower level got to"),
        Arguments.of(
            new OneStage(descent, FINITE_DIFFERENCE), "one step from where the lower level got to"),
        Arguments.of(
            new Lookahead(step, 4, ReverseMode.full()),
            "4 virtual steps from where the lower level got to"),
        Arguments.of(
            new Lookahead(step, 4, new ReverseMode(2)), "the last 2 of 4 steps, virtual ones"),
        Arguments.of(new FirstOrder(), "no step: y is held"),
        Arguments.of(new EveryStep(step), "the mean of 8 single steps"));
  }

  private static HypergradientCheck waves() {
    return new HypergradientCheck(new HeavyBall(0.2, 0.5, 0), 8);
  }

  @ParameterizedTest
  @MethodSource("claims")
  void everyMethodIsTheDerivativeOfWhatItClaims(Hypergradient h, String words) {
    INDArray x = Nd4j.createFromArray(0.3, -0.7, 0.5);
    Report report = waves().of(h, Waves.problem(), x, Nd4j.createFromArray(0.4, -0.9));
    assertThat(report.claim()).isEqualTo(words);
    assertThat(report.keepsItsClaim()).as(report.toString()).isTrue();
    Comparison claimed = Objects.requireNonNull(report.claimed());
    assertThat(claimed.error()).isLessThan(report.exact() ? 1e-9 : 1e-3);
    assertThat(unrolled(report).error()).as("of all steps").isGreaterThan(1e-3);
    assertThat(report.agrees()).isFalse();
    assertThat(report.toString()).contains("against what it claims, " + words + ": agrees to ");
  }

  @Test
  void aClaimThatIsNotKeptIsSeen() {
    INDArray x = Nd4j.createFromArray(0.3, -0.7, 0.5);
    OneStage right = new OneStage(HeavyBall.gradientDescent(0.3), EXACT);
    OneStage other = new OneStage(HeavyBall.gradientDescent(0.6), EXACT);
    Hypergradient wrong =
        new Hypergradient() {
          @Override
          public Estimate estimate(BilevelProblem problem, INDArray at, Trajectory lower) {
            return other.estimate(problem, at, lower);
          }

          @Override
          public Optional<Claim> claim(BilevelProblem problem, INDArray at, Trajectory lower) {
            return right.claim(problem, at, lower);
          }
        };
    Report report = waves().of(wrong, Waves.problem(), x, Nd4j.createFromArray(0.4, -0.9));
    assertThat(report.keepsItsClaim()).isFalse();
    assertThat(report.toString()).containsPattern("claims, one step [a-z ]+: points elsewhere");
  }

  @Test
  void anImplicitMethodClaimsToSolveItsSystem() {
    Report solved = check(new ImplicitGradient(new ConjugateGradient(2, 1e-10)), UPPER, LOWER);
    assertThat(solved.keepsItsClaim()).as(solved.toString()).isTrue();
    assertThat(solved.toString()).contains("its linear system is solved: the residual is ");
    Report rough = check(new ImplicitGradient(new ConjugateGradient(1, 1e-10)), UPPER, LOWER);
    assertThat(rough.keepsItsClaim()).isFalse();
    assertThat(rough.outcome()).isEqualTo(Outcome.STEP_LIMIT);
    assertThat(rough.toString()).contains("its linear system is NOT solved: the residual is 0.08");
    assertThat(check(ReverseMode.full(), UPPER, LOWER).keepsItsClaim()).isTrue();
  }

  @Test
  void aWrongSignIsSeen() {
    Hypergradient full = ReverseMode.full();
    Hypergradient turned =
        new Hypergradient() {
          @Override
          public Estimate estimate(BilevelProblem problem, INDArray x, Trajectory lower) {
            Estimate e = full.estimate(problem, x, lower);
            e.gradient().negi();
            return e;
          }

          @Override
          public int window() {
            return ALL;
          }
        };
    assertThat(check(turned, UPPER, LOWER).toString())
        .contains("points the opposite way, 1.00 times as long: a sign?");
  }

  @Test
  void aWrongGradientIsNamed() {
    Report byY = check(ReverseMode.full(), new Wrong(UPPER, 1, 0.5, 1, false), LOWER);
    assertThat(byY.agrees()).isFalse();
    assertThat(byY.complaints())
        .anyMatch(c -> c.startsWith("the upper objective's gradient by y is wrong: off by 0.50"));
    assertThat(byY.toString()).contains("mend the objectives first");
    Report byX = check(ReverseMode.full(), UPPER, new Wrong(LOWER, -1, 1, 1, false));
    assertThat(byX.complaints())
        .anyMatch(c -> c.startsWith("the lower objective's gradient by x is wrong: off by"))
        .noneMatch(c -> c.contains("upper") || c.contains("by y is wrong"));
  }

  @Test
  void aWrongProductIsNamed() {
    Report report = check(ReverseMode.full(), UPPER, new Wrong(LOWER, 1, 1, 2, false));
    assertThat(report.complaints())
        .anyMatch(
            c ->
                c.startsWith(
                    "the lower objective's product along y is wrong in its part by x: off by 0.50"))
        .noneMatch(c -> c.contains("gradient"));
    assertThat(report.agrees()).isFalse();
  }

  @Test
  void aFiniteDifferenceIsSaidToBeOne() {
    Report report = check(ReverseMode.full(), UPPER, new Differences(LOWER));
    assertThat(report.exact()).isFalse();
    assertThat(report.agrees()).isTrue();
    assertThat(report.toString())
        .endsWith("the hypergradient has finite differences or chance in it");
  }

  @Test
  void anObjectiveThatChangesItsMindOrItsArgumentsIsNamed() {
    double[] noise = {0};
    Closed noisy =
        new Closed((x, y) -> noise[0]++, (x, y) -> new double[1], (x, y) -> new double[2], null);
    assertThat(check(ReverseMode.full(), noisy, LOWER).complaints())
        .anyMatch(c -> c.contains("when asked again: batch and masks must stay as they are"));
    assertThat(check(ReverseMode.full(), new Wrong(UPPER, 1, 1, 1, true), LOWER).complaints())
        .contains("the upper objective's methods change their arguments");
  }

  @Test
  void whatIsNotFiniteIsSaid() {
    Report report =
        new HypergradientCheck(HeavyBall.gradientDescent(1e200), 5)
            .of(ReverseMode.full(), Ridge.problem(), X, Y);
    assertThat(report.outcome()).isEqualTo(Outcome.NOT_FINITE);
    assertThat(report.agrees()).isFalse();
    assertThat(report.unrolled()).isNull();
    assertThat(report.toString())
        .contains("the lower level is not finite after")
        .contains("the hypergradient is not usable: NOT_FINITE");
  }

  @Test
  void badSettingsAreNamed() {
    assertThatThrownBy(() -> new HypergradientCheck(STEP, -1))
        .hasMessage("steps is -1, expected at least 0");
    HypergradientCheck check = new HypergradientCheck(STEP, 5);
    assertThatThrownBy(() -> check.alsoSolved(5))
        .hasMessage("steps that solve are 5, expected more than 5");
  }

  /** An objective with factors on its derivatives, which may leave its mark on x. */
  private record Wrong(Objective right, double onX, double onY, double onProduct, boolean marks)
      implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      return right.value(x, y);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      Gradient g = right.gradient(x, y, Partial.BOTH);
      if (marks) {
        y.addi(1e-13);
      }
      return Gradient.exact(g.value(), g.dx().mul(onX), g.dy().mul(onY));
    }

    @Override
    public Gradient along(
        INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
      Gradient h = right.along(x, y, dx, dy, Partial.BOTH);
      return Gradient.exact(h.value(), h.dx().mul(onX * onProduct), h.dy().mul(onY));
    }
  }

  /** An objective without a product of its own. */
  private record Differences(Objective right) implements Objective {
    @Override
    public double value(INDArray x, INDArray y) {
      return right.value(x, y);
    }

    @Override
    public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
      return right.gradient(x, y, wanted);
    }
  }
}
