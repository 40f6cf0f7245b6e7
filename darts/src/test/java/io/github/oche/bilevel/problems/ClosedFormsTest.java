package io.github.oche.bilevel.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.google.common.collect.ImmutableList;
import io.github.oche.bilevel.BilevelProblem;
import io.github.oche.bilevel.CentralDifference;
import io.github.oche.bilevel.Gradient;
import io.github.oche.bilevel.Objective;
import io.github.oche.bilevel.Partial;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The derivatives of the problems are those of their values, and their solutions solve them. */
class ClosedFormsTest {
  static List<Arguments> objectives() {
    List<Arguments> all = new ArrayList<>();
    add(all, "counter-example", CounterExample.problem(), 1, 2);
    add(all, "DARTS' example", DartsExample.problem(), 1, 1);
    add(all, "quadratic", Quadratic.problem(), 3, 3);
    add(all, "ridge", Ridge.problem(), 1, 2);
    add(all, "IAPTT's example", IapttExample.problem(), 3, 3);
    add(all, "BVFSM's example", BvfsmExample.problem(), 1, 3);
    add(all, "pessimistic", BvfsmExample.pessimistic(), 1, 3);
    add(all, "constrained", BvfsmExample.constrained(), 1, 3);
    ImmutableList<Objective> constraints = BvfsmExample.constraints(3);
    for (int i = 0; i < constraints.size(); i++) {
      all.add(Arguments.of("constraint " + i, constraints.get(i), 1, 3));
    }
    add(all, "V-PBGD's example", PbgdExample.problem(), 1, 1);
    add(all, "tight", PbgdExample.tight(), 1, 1);
    add(all, "spurious", PbgdExample.spurious(), 1, 1);
    add(all, "hyper-cleaning", HyperCleaningExample.problem(), 3, 1);
    return all;
  }

  private static void add(List<Arguments> all, String name, BilevelProblem p, int n, int m) {
    all.add(Arguments.of("F of " + name, p.upper(), n, m));
    all.add(Arguments.of("f of " + name, p.lower(), n, m));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objectives")
  void gradientIsThatOfTheValue(String name, Objective objective, int n, int m) {
    Random random = new Random(1);
    for (int trial = 0; trial < 3; trial++) {
      INDArray x = gaussian(random, n);
      INDArray y = gaussian(random, m);
      Gradient gradient = objective.gradient(x, y, Partial.BOTH);
      double[] byX = gradient.dx().toDoubleVector();
      double[] byY = gradient.dy().toDoubleVector();
      assertThat(gradient.value()).isEqualTo(objective.value(x, y));
      for (int i = 0; i < n; i++) {
        assertThat(byX[i]).isCloseTo(slope(objective, x, y, x, i), offset(1e-7));
      }
      for (int i = 0; i < m; i++) {
        assertThat(byY[i]).isCloseTo(slope(objective, x, y, y, i), offset(1e-7));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("objectives")
  void productIsThatOfTheGradient(String name, Objective objective, int n, int m) {
    Random random = new Random(2);
    for (int trial = 0; trial < 3; trial++) {
      INDArray x = gaussian(random, n);
      INDArray y = gaussian(random, m);
      INDArray dx = gaussian(random, n);
      INDArray dy = gaussian(random, m);
      check(objective, x, y, dx, dy);
      check(objective, x, y, null, dy);
      check(objective, x, y, dx, null);
    }
  }

  private static void check(
      Objective objective, INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy) {
    Gradient product = objective.along(x, y, dx, dy, Partial.BOTH);
    assertThat(product.isExact()).isTrue();
    double[] byX = product.dx().toDoubleVector();
    double[] byY = product.dy().toDoubleVector();
    Gradient expected = CentralDifference.standard().along(objective, x, y, dx, dy, Partial.BOTH);
    assertThat(byX).containsExactly(expected.dx().toDoubleVector(), offset(1e-6));
    assertThat(byY).containsExactly(expected.dy().toDoubleVector(), offset(1e-6));
  }

  @Test
  void optimisticSolutionIsAMinimumOverLowerSolutions() {
    for (int n : new int[] {1, 2, 3, 10, 100}) {
      double x = BvfsmExample.solutionX(n);
      double y = BvfsmExample.solutionY(n);
      BilevelProblem problem = BvfsmExample.problem();
      INDArray at = Nd4j.createFromArray(x);
      INDArray all = Nd4j.createFromArray(new double[n]).assign(y);
      assertThat(problem.lower().value(at, all)).isCloseTo(-n, offset(1e-12));
      assertThat(problem.upper().value(at, all))
          .isCloseTo(BvfsmExample.solutionValue(n), offset(1e-10));
      INDArray aside = Nd4j.createFromArray(x + 0.01);
      assertThat(problem.upper().value(aside, all.sub(0.01)))
          .isGreaterThan(BvfsmExample.solutionValue(n));
    }
    assertThat(BvfsmExample.solutionX(2)).isCloseTo(2.4749260, offset(5e-8));
    assertThat(BvfsmExample.solutionY(10)).isCloseTo(4.0647626, offset(5e-8));
    assertThat(BvfsmExample.solutionValue(100)).isCloseTo(0.5024733, offset(5e-8));
  }

  @Test
  void phiHasItsMinimaWhereItIsSaid() {
    double[][] minima = {{0.38236, 0.4427057}, {1.215145, 0.1999109}, {2.829642, 1.2434583}};
    for (double[] minimum : minima) {
      double phi = PbgdExample.phi(minimum[0]);
      assertThat(phi).isCloseTo(minimum[1], offset(1e-7));
      assertThat(PbgdExample.phi(minimum[0] - 1e-3)).isGreaterThan(phi);
      assertThat(PbgdExample.phi(minimum[0] + 1e-3)).isGreaterThan(phi);
    }
  }

  @Test
  void outlierIsPushedDown() {
    assertThat(HyperCleaningExample.hypergradient(0, 0, 0))
        .containsExactly(new double[] {-1.574074074, -1.101851852, 2.675925926}, offset(1e-9));
  }

  private static double slope(Objective f, INDArray x, INDArray y, INDArray moved, int i) {
    double at = moved.getDouble(i);
    double h = 1e-5;
    moved.putScalar(i, at + h);
    double up = f.value(x, y);
    moved.putScalar(i, at - h);
    double down = f.value(x, y);
    moved.putScalar(i, at);
    return (up - down) / (2 * h);
  }

  private static INDArray gaussian(Random random, int n) {
    double[] v = new double[n];
    for (int i = 0; i < n; i++) {
      v[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(v);
  }
}
