/**
 * Bilevel problems with known answers, on which every method of {@link io.github.oche.bilevel} is
 * tested and compared, and a few real ones.
 *
 * <pre>{@code
 * BilevelProblem problem = Ridge.problem();
 * Solver solver = new NestedSolver(HeavyBall.gradientDescent(0.4), 20, Start.COLD, ReverseMode.full(), new Sgd(1.0));
 * SolverState state = solver.start(Nd4j.createFromArray(0.0), Nd4j.createFromArray(0.0, 0.0));
 * for (int k = 0; k < 200; k++) {
 *   solver.step(problem, state);
 * }
 * state.x().getDouble(0);    // -0.82653; the solution is ln(7/16) = -0.82668
 * }</pre>
 */
@NullMarked
package io.github.oche.bilevel.problems;

import org.jspecify.annotations.NullMarked;
