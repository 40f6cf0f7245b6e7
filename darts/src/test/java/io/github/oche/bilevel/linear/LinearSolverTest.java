package io.github.oche.bilevel.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import io.github.oche.bilevel.Claimants;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The linear solvers on systems whose solution is known because b was made from it. */
class LinearSolverTest {
  private static final int M = 7;

  /** Those that solve a regular system to rounding. */
  static List<LinearSolver> exact() {
    return List.of(
        new ConjugateGradient(50, 1e-13),
        new NormalConjugateGradient(50, 1e-13),
        new NeumannSeries(2000, 0.2),
        new DenseSolver());
  }

  static List<LinearSolver> all() {
    return List.of(
        new ConjugateGradient(3, 1e-13),
        new ConjugateGradient(3, 1e-13, 0.1),
        new NormalConjugateGradient(3, 1e-13),
        new NeumannSeries(3, 0.2),
        new Identity(),
        new Nystrom(3, 0.1, 7),
        new DenseSolver());
  }

  @Test
  void everySolverIsHere() throws IOException {
    Claimants.assertAllTested(LinearSolver.class, all().stream());
  }

  @ParameterizedTest
  @MethodSource("exact")
  void regularSystemsAreSolved(LinearSolver solver) {
    for (int seed = 0; seed < 5; seed++) {
      double[][] a = symmetric(seed, spectrum(1, 4));
      double[] truth = normal(seed, M);
      INDArray q = zeros();
      LinearSolution solution = solver.solve(operator(a), vector(times(a, truth)), q);
      assertThat(solution.outcome()).isEqualTo(Outcome.DONE);
      for (int i = 0; i < M; i++) {
        assertThat(q.getDouble(i)).isCloseTo(truth[i], offset(1e-10));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void residualIsThatOfTheResultAndProductsAreThoseMade(LinearSolver solver) {
    double[][] a = symmetric(3, spectrum(0.5, 4));
    INDArray b = vector(normal(9, M));
    for (INDArray q : new INDArray[] {zeros(), vector(normal(4, M))}) {
      Counter counter = new Counter(a);
      LinearSolution solution = solver.solve(counter, b, q);
      assertThat(solution.outcome().isUsable()).isTrue();
      assertThat(solution.products()).isEqualTo(counter.products);
      if (!Double.isNaN(solution.residual())) {
        double[] left = b.sub(vector(times(a, q.toDoubleVector()))).toDoubleVector();
        assertThat(solution.residual())
            .isCloseTo(norm(left) / norm(b.toDoubleVector()), offset(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void zeroGivesZeroAfterNoProduct(LinearSolver solver) {
    Counter counter = new Counter(symmetric(1, spectrum(1, 2)));
    INDArray q = vector(normal(4, M));
    assertThat(solver.solve(counter, zeros(), q)).isEqualTo(new LinearSolution(Outcome.DONE, 0, 0));
    assertThat(q.toDoubleVector()).containsOnly(0);
    assertThat(counter.products).isZero();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsNotFiniteIsReported(LinearSolver solver) {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      INDArray b = vector(1, 2, bad, 4, 5, 6, 7);
      LinearSolution solution = solver.solve(operator(symmetric(1, spectrum(1, 2))), b, zeros());
      assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    }
    if (!(solver instanceof Identity)) {
      LinearSolution solution =
          solver.solve((q, into) -> into.assign(Double.NaN), vector(normal(1, M)), zeros());
      assertThat(solution.outcome()).isEqualTo(Outcome.NOT_FINITE);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRightHandSideStaysAndTheSameSolveGivesTheSameBitsInEitherType(LinearSolver solver) {
    double[][] a = symmetric(5, spectrum(0.5, 4));
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray b = vector(normal(6, M)).castTo(type);
      double[] before = b.toDoubleVector();
      INDArray first = b.like().assign(0);
      INDArray second = b.like().assign(0);
      solver.solve(operator(a), b, first);
      solver.solve(operator(a), vector(normal(8, M)).castTo(type), b.like().assign(0));
      solver.solve(operator(a), b, second);
      assertThat(second.toDoubleVector()).containsExactly(first.toDoubleVector());
      assertThat(b.toDoubleVector()).containsExactly(before);
    }
  }

  @ParameterizedTest
  @MethodSource("exact")
  void floatSystemsAreSolvedToTheirPrecision(LinearSolver solver) {
    double[][] a = symmetric(2, spectrum(1, 4));
    double[] truth = normal(2, M);
    INDArray b = vector(times(a, truth)).castTo(DataType.FLOAT);
    INDArray q = b.like().assign(0);
    LinearSolution solution = solver.solve(operator(a), b, q);
    assertThat(solution.outcome().isUsable()).isTrue();
    for (int i = 0; i < M; i++) {
      assertThat(q.getDouble(i)).isCloseTo(truth[i], offset(2e-5));
    }
  }

  @Test
  void oneUnknownAndMultiplesOfTheIdentityTakeOneIteration() {
    INDArray one = vector(0);
    ConjugateGradient cg = new ConjugateGradient(10, 1e-10);
    LinearSolution solution = cg.solve(operator(new double[][] {{4}}), vector(2), one);
    assertThat(one.getDouble(0)).isEqualTo(0.5);
    assertThat(solution).isEqualTo(new LinearSolution(Outcome.DONE, 0, 1));

    INDArray q = zeros();
    double[] b = normal(1, M);
    solution = cg.solve((p, into) -> into.assign(p).muli(4), vector(b), q);
    assertThat(solution.products()).isEqualTo(1);
    for (int i = 0; i < M; i++) {
      assertThat(q.getDouble(i)).isCloseTo(b[i] / 4, offset(1e-15));
    }
  }

  @Test
  void conjugateGradientsEndAfterAsManyIterationsAsEigenvalues() {
    double[] two = {1, 1, 1, 5, 5, 5, 5};
    for (int distinct : new int[] {2, M}) {
      double[][] a = symmetric(1, distinct == 2 ? two : spectrum(1, 3));
      INDArray b = vector(normal(2, M));
      LinearSolution before =
          new ConjugateGradient(distinct - 1, 1e-10).solve(operator(a), b, zeros());
      LinearSolution after = new ConjugateGradient(distinct, 1e-10).solve(operator(a), b, zeros());
      assertThat(before.outcome()).isEqualTo(Outcome.STEP_LIMIT);
      assertThat(before.residual()).isGreaterThan(1e-10);
      assertThat(after.outcome()).isEqualTo(Outcome.DONE);
      assertThat(after.products()).isEqualTo(distinct);
    }
  }

  @Test
  void singularAndIndefiniteSystemsAreReported() {
    double[] singular = spectrum(0, 4);
    double[] indefinite = spectrum(-1, 4);
    double[] negative = spectrum(-4, -1);
    for (int seed = 0; seed < 20; seed++) {
      for (double[] eigenvalues : List.of(singular, indefinite, negative)) {
        double[][] a = symmetric(seed, eigenvalues);
        INDArray b = vector(normal(seed + 50, M));
        for (LinearSolver solver : List.of(new ConjugateGradient(100, 1e-10), new DenseSolver())) {
          INDArray q = zeros();
          LinearSolution solution = solver.solve(operator(a), b, q);
          assertThat(solution.outcome())
              .as("seed %s, least eigenvalue %s: %s, %s", seed, eigenvalues[0], solution, q)
              .isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
        }
      }
    }
  }

  @Test
  void conjugateGradientsReportAZeroMatrixAtOnce() {
    LinearSolution solution =
        new ConjugateGradient(5, 1e-10)
            .solve((q, into) -> into.assign(0), vector(normal(1, M)), zeros());
    assertThat(solution.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
    assertThat(solution.products()).isEqualTo(1);
  }

  @Test
  void illConditionedSystemsAreNotTakenForSingular() {
    double[][] a = diagonal(1e-6, 1e-3, 1, 10, 100, 1000, 10_000);
    INDArray q = zeros();
    LinearSolution solution =
        new ConjugateGradient(500, 1e-10).solve(operator(a), vector(1, 1, 1, 1, 1, 1, 1), q);
    assertThat(solution.outcome()).isEqualTo(Outcome.DONE);
    assertThat(q.getDouble(0)).isCloseTo(1e6, offset(1.0));
  }

  @Test
  void dampingMovesTheSolutionAndTheResidualShowsIt() {
    double[][] a = diagonal(1, 0);
    INDArray q = vector(0, 0);
    LinearSolution solution =
        new ConjugateGradient(10, 1e-12, 0.01).solve(operator(a), vector(1, 1), q);
    assertThat(solution.outcome()).isEqualTo(Outcome.DONE);
    assertThat(q.getDouble(0)).isCloseTo(1 / 1.01, offset(1e-9));
    assertThat(q.getDouble(1)).isCloseTo(100, offset(1e-8));
    double[] left = {1 - 1 / 1.01, 1};
    assertThat(solution.residual()).isCloseTo(norm(left) / Math.sqrt(2), offset(1e-9));
  }

  @Test
  void normalEquationsSolveIndefiniteSystemsAndTheShortestLeastSquares() {
    double[][] indefinite = symmetric(1, spectrum(-3, 3.5));
    double[] truth = normal(1, M);
    INDArray q = zeros();
    NormalConjugateGradient solver = new NormalConjugateGradient(50, 1e-12);
    assertThat(solver.solve(operator(indefinite), vector(times(indefinite, truth)), q).outcome())
        .isEqualTo(Outcome.DONE);
    for (int i = 0; i < M; i++) {
      assertThat(q.getDouble(i)).isCloseTo(truth[i], offset(1e-9));
    }
    INDArray least = vector(0, 0, 0);
    LinearSolution solution = solver.solve(operator(diagonal(2, -1, 0)), vector(2, 2, 1), least);
    assertThat(solution.outcome()).isEqualTo(Outcome.DONE);
    assertThat(solution.residual()).isCloseTo(1.0 / 3, offset(1e-12));
    assertThat(least.getDouble(0)).isCloseTo(1, offset(1e-12));
    assertThat(least.getDouble(1)).isCloseTo(-2, offset(1e-12));
    assertThat(least.getDouble(2)).isZero();
  }

  @Test
  void theSeriesReportsThatItDiverges() {
    double[][] a = diagonal(1, 3);
    INDArray b = vector(1, 1);
    NeumannSeries tooFast = new NeumannSeries(10, 0.7); // above 2/3
    assertThat(tooFast.solve(operator(a), b, vector(0, 0)).outcome()).isEqualTo(Outcome.DIVERGED);
    NeumannSeries slow = new NeumannSeries(10, 0.6);
    assertThat(slow.solve(operator(a), b, vector(0, 0)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(slow.solve(operator(diagonal(1, -3)), b, vector(0, 0)).outcome())
        .isEqualTo(Outcome.DIVERGED);
    assertThat(slow.solve(operator(diagonal(1, 0)), b, vector(0, 0)).outcome())
        .isEqualTo(Outcome.DONE);
  }

  @Test
  void theSeriesIsTheSumOfItsTerms() {
    INDArray q = vector(0, 0);
    new NeumannSeries(3, 0.5).solve(operator(diagonal(1, 3)), vector(1, 2), q);
    assertThat(q.getDouble(0)).isEqualTo(0.5 * (1 + 0.5 + 0.25 + 0.125));
    assertThat(q.getDouble(1)).isEqualTo(0.5 * 2 * (1 - 0.5 + 0.25 - 0.125));
  }

  @Test
  void warmStartsGoOnFromWhereTheyStand() {
    double[][] a = symmetric(1, spectrum(1, 4));
    INDArray b = vector(normal(2, M));
    INDArray twice = zeros();
    new NeumannSeries(4, 0.2).solve(operator(a), b, twice);
    new NeumannSeries(4, 0.2).solve(operator(a), b, twice);
    INDArray once = zeros();
    new NeumannSeries(9, 0.2).solve(operator(a), b, once);
    for (int i = 0; i < M; i++) {
      assertThat(twice.getDouble(i)).isCloseTo(once.getDouble(i), offset(1e-14));
    }
    INDArray solved = zeros();
    ConjugateGradient cg = new ConjugateGradient(20, 1e-10);
    cg.solve(operator(a), b, solved);
    double[] bits = solved.toDoubleVector();
    LinearSolution again = cg.within(1e-9).solve(operator(a), b, solved);
    assertThat(again.outcome()).isEqualTo(Outcome.DONE);
    assertThat(again.products()).isEqualTo(1);
    assertThat(solved.toDoubleVector()).containsExactly(bits);
  }

  @Test
  void nystromWithAllColumnsTendsToTheSolution() {
    double[][] a = symmetric(1, spectrum(1, 4));
    double[] truth = normal(1, M);
    double previous = Double.POSITIVE_INFINITY;
    for (double rho : new double[] {1e-1, 1e-3, 1e-5}) {
      INDArray q = zeros();
      LinearSolution solution =
          new Nystrom(100, rho, 3).solve(operator(a), vector(times(a, truth)), q);
      assertThat(solution.products()).isEqualTo(M);
      double error = q.distance2(vector(truth));
      assertThat(error).isLessThan(previous / 50).isLessThan(rho * norm(truth));
      previous = error;
    }
  }

  @Test
  void nystromWithFewColumnsInvertsItsApproximation() {
    int[] kept = {0, 1}; // of 3, whichever the seed leaves out
    double[][] a = {{4, 1, 0}, {1, 3, 1}, {0, 1, 2}};
    double rho = 0.3;
    INDArray b = vector(1, -2, 0.5);
    boolean matched = false;
    INDArray q = vector(0, 0, 0);
    new Nystrom(2, rho, 1).solve(operator(a), b, q);
    for (int[] pair : new int[][] {kept, {0, 2}, {1, 2}}) {
      double[][] c = new double[3][2];
      for (int i = 0; i < 3; i++) {
        c[i][0] = a[i][pair[0]];
        c[i][1] = a[i][pair[1]];
      }
      double w00 = a[pair[0]][pair[0]];
      double w01 = a[pair[0]][pair[1]];
      double w11 = a[pair[1]][pair[1]];
      double det = w00 * w11 - w01 * w01;
      double[] left = new double[3];
      for (int i = 0; i < 3; i++) { // (C W^-1 C' + rho I) q - b
        left[i] = rho * q.getDouble(i) - b.getDouble(i);
        for (int j = 0; j < 3; j++) {
          left[i] +=
              (c[i][0] * (w11 * c[j][0] - w01 * c[j][1])
                      + c[i][1] * (w00 * c[j][1] - w01 * c[j][0]))
                  / det
                  * q.getDouble(j);
        }
      }
      matched |= norm(left) < 1e-12;
    }
    assertThat(matched).isTrue();
  }

  @Test
  void nystromReportsColumnsWithoutRank() {
    LinearSolution solution =
        new Nystrom(3, 0.1, 1).solve((p, into) -> into.assign(0), vector(normal(1, M)), zeros());
    assertThat(solution.outcome()).isEqualTo(Outcome.NOT_POSITIVE_DEFINITE);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> new ConjugateGradient(0, 0))
        .hasMessage("iterations is 0, expected at least 1");
    assertThatThrownBy(() -> new ConjugateGradient(1, 1))
        .hasMessage("tolerance is 1.0, expected a number in [0, 1)");
    assertThatThrownBy(() -> new ConjugateGradient(1, 0, -1))
        .hasMessage("damping is -1.0, expected a finite number >= 0");
    assertThatThrownBy(() -> new NormalConjugateGradient(1, Double.NaN))
        .hasMessageContaining("tolerance is NaN");
    assertThatThrownBy(() -> new NeumannSeries(-1, 1))
        .hasMessage("terms is -1, expected at least 0");
    assertThatThrownBy(() -> new NeumannSeries(1, 0))
        .hasMessage("rate is 0.0, expected a positive number");
    assertThatThrownBy(() -> new Nystrom(0, 1, 1)).hasMessage("rank is 0, expected at least 1");
    assertThatThrownBy(() -> new Nystrom(1, 0, 1))
        .hasMessage("rho is 0.0, expected a positive number");
  }

  private static final class Counter implements LinearOperator {
    private final LinearOperator inner;
    private long products;

    Counter(double[][] a) {
      inner = operator(a);
    }

    @Override
    public void apply(INDArray q, INDArray into) {
      products++;
      double[] before = q.toDoubleVector();
      inner.apply(q, into);
      assertThat(q.toDoubleVector()).containsExactly(before);
    }
  }

  private static LinearOperator operator(double[][] a) {
    return (q, into) -> into.assign(vector(times(a, q.toDoubleVector())).castTo(q.dataType()));
  }

  private static double[] times(double[][] a, double[] q) {
    double[] product = new double[q.length];
    for (int i = 0; i < q.length; i++) {
      for (int j = 0; j < q.length; j++) {
        product[i] += a[i][j] * q[j];
      }
    }
    return product;
  }

  private static double[][] diagonal(double... entries) {
    double[][] a = new double[entries.length][entries.length];
    for (int i = 0; i < entries.length; i++) {
      a[i][i] = entries[i];
    }
    return a;
  }

  /** Eigenvalues from low to high, evenly. */
  private static double[] spectrum(double low, double high) {
    double[] values = new double[M];
    for (int i = 0; i < M; i++) {
      values[i] = low + (high - low) * i / (M - 1);
    }
    return values;
  }

  /** A matrix with these eigenvalues: the diagonal, reflected at random planes. */
  private static double[][] symmetric(int seed, double[] eigenvalues) {
    double[][] a = diagonal(eigenvalues);
    for (int k = 0; k < 3; k++) {
      double[] u = normal(1000 * seed + k, eigenvalues.length);
      double scale = 2 / (norm(u) * norm(u));
      double[] au = times(a, u);
      double uau = 0;
      for (int i = 0; i < u.length; i++) {
        uau += u[i] * au[i];
      }
      for (int i = 0; i < u.length; i++) {
        for (int j = 0; j < u.length; j++) {
          a[i][j] += -scale * (u[i] * au[j] + au[i] * u[j]) + scale * scale * uau * u[i] * u[j];
        }
      }
    }
    return a;
  }

  private static double[] normal(int seed, int length) {
    Random random = new Random(seed);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double entry : v) {
      sum += entry * entry;
    }
    return Math.sqrt(sum);
  }

  private static INDArray zeros() {
    return vector(new double[M]);
  }

  private static INDArray vector(double... values) {
    return Nd4j.createFromArray(values);
  }
}
