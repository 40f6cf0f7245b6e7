/**
 * Bilevel optimisation by gradients: {@code min over x of F(x, y*(x))}, where {@code y*(x)}
 * minimises {@code f(x, .)}.
 *
 * <p>The letters are those of Liu, Gao, Zhang, Meng and Lin, <a
 * href="https://arxiv.org/abs/2101.11517">Investigating Bi-Level Optimization for Learning and
 * Vision from a Unified Perspective</a>: x is the upper variable (architecture, hyper-parameters),
 * F its objective, y the lower variable (weights), f its objective; x always comes first. Nothing
 * here knows of networks or images.
 *
 * <pre>{@code
 * Objective validation = ...;                                // F: value, gradient by x and y
 * Objective training = ...;                                  // f; central differences are its default second derivative
 * BilevelProblem problem = new BilevelProblem(validation, training);
 * HeavyBall step = new HeavyBall(0.025, 0.9, 3e-4);          // how the lower level moves
 * Hypergradient second = new OneStage(step, OneStage.Product.FINITE_DIFFERENCE);
 * Estimate estimate = second.estimate(problem, x, Trajectory.still(State.of(y, velocity)));
 * if (estimate.isUsable()) {
 *   x.subi(estimate.gradient().mul(0.1));
 * }
 * }</pre>
 *
 * <table>
 * <caption>Estimators</caption>
 * <tr><th>method</th><th>here</th><th>cost</th></tr>
 * <tr><td>DARTS, first order</td><td>{@code OneStage.firstOrder()}</td><td>1 gradient by x</td></tr>
 * <tr><td>DARTS, second order, as published</td><td>{@code new OneStage(step, FINITE_DIFFERENCE)}</td>
 *     <td>2 gradients, 2 by x</td></tr>
 * <tr><td>DARTS, second order, exact</td><td>{@code new OneStage(step, EXACT)}</td><td>2 gradients, 1 product</td></tr>
 * </table>
 *
 * <p>Arrays that a method returns belong to the object that returned them and hold until its next
 * call, so that a step allocates nothing. Arguments are never changed. Elementwise arithmetic is
 * ND4J's; sums are taken here in one fixed order, so that an estimate has the same bits on every
 * machine.
 */
@NullMarked
package io.github.oche.bilevel;

import org.jspecify.annotations.NullMarked;
