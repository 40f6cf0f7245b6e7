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
 * BilevelProblem problem = new BilevelProblem(validation, training);   // two Objectives, F and f
 * Solver solver =
 *     new NestedSolver(HeavyBall.gradientDescent(0.4), 20, Start.WARM, ReverseMode.full(), new Adam(0.01));
 * SolverState state = solver.start(x0, y0);                           // all that a later run needs to go on
 * for (int k = 0; k < 100; k++) {
 *   Estimate estimate = solver.step(problem, state);                  // x, y untouched unless it is usable
 * }
 * }</pre>
 *
 * <p>An {@link Objective} gives values, gradients and the derivative of its gradient along a
 * direction, exactly or by central differences; {@link SameDiffObjective} makes one of an ND4J
 * graph. A {@link Dynamics} is one lower step with its derivatives, a {@link Trajectory} the steps
 * that were made, a {@link Hypergradient} an estimate of the derivative of F(x, y*(x)) from where
 * they got to, a {@link Solver} a whole method. A named method is a composition of these; T is the
 * number of lower steps:
 *
 * <table>
 * <caption>Methods</caption>
 * <tr><th>method</th><th>here</th><th>cost of an upper step beside T lower gradients</th></tr>
 * <tr><td>RHG, reverse mode</td><td>{@code NestedSolver} with {@code ReverseMode.full()}</td>
 *     <td>1 gradient, T products; T states, or 2 sqrt(T) with {@code Trajectory.checkpointed}</td></tr>
 * <tr><td>truncated reverse</td><td>{@code new ReverseMode(K)}</td><td>1 gradient, K products; K states</td></tr>
 * <tr><td>FHG, forward mode</td><td>{@code new ForwardMode()}</td><td>1 gradient, n T products</td></tr>
 * <tr><td>RTHO, online forward</td><td>{@code new OnlineForward(dynamics, rule)}</td>
 *     <td>1 gradient, n products; n states</td></tr>
 * <tr><td>DARTS, first and second order</td><td>{@code new OneStage(step, product)}, {@code UPPER_FIRST}</td>
 *     <td>1 gradient by x; 2 gradients and 2 by x, or 1 product</td></tr>
 * <tr><td>BDA</td><td>{@code new Aggregated(s, s, Mixing.harmonic(0.5))} as the dynamics</td>
 *     <td>T + 1 gradients of F, T products of each</td></tr>
 * <tr><td>IAPTT</td><td>{@code Start.Learned}, {@code new ReverseMode(ALL, WORST_UPPER)}</td>
 *     <td>T values, 1 gradient, up to T products</td></tr>
 * <tr><td>AID, by conjugate gradients</td><td>{@code new ImplicitGradient(new ConjugateGradient(K, tolerance))}</td>
 *     <td>1 gradient, K + 1 products</td></tr>
 * <tr><td>the same on A'A, Neumann, T1-T2, Nystrom, dense</td>
 *     <td>{@code NormalConjugateGradient}, {@code NeumannSeries}, {@code Identity}, {@code Nystrom},
 *     {@code DenseSolver} in its place</td>
 *     <td>1 gradient; 2 K + 2, K + 1, 1, K + 1, m + 1 products</td></tr>
 * <tr><td>the same through momentum</td><td>{@code new FixedPoint(dynamics, K, tolerance)}</td>
 *     <td>1 gradient, K products</td></tr>
 * <tr><td>IGA, rank one</td><td>{@code new RankOne(regularisation)}</td><td>2 gradients</td></tr>
 * <tr><td>HOAG</td><td>{@code new Hoag(...)}</td><td>2 gradients, products until the tolerance is met</td></tr>
 * <tr><td>AmIGO</td><td>{@code new Amigo(...)}</td><td>1 gradient, V + 1 products</td></tr>
 * <tr><td>SOBA</td><td>{@code new Soba(...)}</td><td>2 gradients, 1 product in all</td></tr>
 * <tr><td>sl-BAMM</td><td>{@code new SlBamm(...)}</td><td>2 gradients, 2 products in all</td></tr>
 * <tr><td>V-PBGD, G-PBGD</td><td>{@code new Vpbgd(...)}, {@code new Gpbgd(...)}</td>
 *     <td>3 gradients; 2 and 1 product</td></tr>
 * <tr><td>F2SA, F2SA-2</td><td>{@code F2sa.difference}, {@code penalty}, {@code symmetric}</td>
 *     <td>2 T + 3 and 3 T + 4 gradients</td></tr>
 * <tr><td>BOME</td><td>{@code new Bome(...)}</td><td>3 gradients</td></tr>
 * <tr><td>MEHA</td><td>{@code new Meha(...)}</td><td>6 gradients in all</td></tr>
 * <tr><td>BVFIM, BVFSM, worst case, constrained</td><td>{@code new Bvfsm(attitude, ...)}</td>
 *     <td>gradients of its inner problems</td></tr>
 * <tr><td>PZOBO, evolution</td><td>{@code new EvolutionStrategy(N, mu, antithetic, seed)}</td>
 *     <td>1 + N T gradients</td></tr>
 * <tr><td>hypernetworks, self-tuning networks</td><td>{@code new ResponseNetwork(response, ...)}</td>
 *     <td>1 gradient a step of theta, 1 of F</td></tr>
 * <tr><td>MAML and its family</td><td>package {@code meta}</td><td>see there</td></tr>
 * </table>
 *
 * <p><b>Which to choose.</b> A lower level that is solved in a few dozen steps: reverse mode,
 * truncated when memory is short. One that is strongly convex and solved well: conjugate gradients;
 * many cheap noisy steps: SOBA or AmIGO. No second derivatives, or lower solutions that are many:
 * V-PBGD or F2SA, which carry a bias of their own; with several separate solutions BVFSM or IAPTT.
 * A network's weights: one stage. A few hyper-parameters and a black box: evolution. {@link
 * HypergradientCheck} says whether an estimate is right on a problem of your own.
 *
 * <p>Numerical failure is an {@link io.github.oche.bilevel.linear.Outcome}, never an exception and
 * never a plausible number: conjugate gradients on a singular Hessian or F2SA-2 on a lower level
 * that is not strongly convex say so, and leave the state as it was, bit for bit.
 *
 * <p>Arrays that a method returns belong to the object that returned them and hold until its next
 * call, so that a step allocates nothing of their length. Arguments are never changed. Elementwise
 * arithmetic is ND4J's; sums are taken here in one fixed order, so that an estimate has the same
 * bits on every machine.
 */
@NullMarked
package io.github.oche.bilevel;

import org.jspecify.annotations.NullMarked;
