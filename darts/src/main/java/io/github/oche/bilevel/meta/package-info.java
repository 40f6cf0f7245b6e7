/**
 * Learning to learn: bilevel methods whose upper variable holds (at least) where the lower level of
 * every task starts, {@code y_0 = S(x)}, for few-shot learning.
 *
 * <pre>{@code
 * StartMap start = StartMap.first(m);                        // x is the start: MAML
 * HeavyBall step = HeavyBall.gradientDescent(0.01);
 * MetaSolver maml = new MetaSolver(Adaptation.of(start, step, 5, ReverseMode.full()), new Adam(1e-3));
 * SolverState state = maml.start(weights);
 * for (int k = 0; k < 1000; k++) {
 *   maml.step(tasks(k), state);                              // each task a BilevelProblem: query loss, support loss
 * }
 * }</pre>
 *
 * <table>
 * <caption>Methods; costs are for one task, beside the T gradients of its steps</caption>
 * <tr><th>method</th><th>here</th><th>cost</th></tr>
 * <tr><td>MAML</td><td>{@code Adaptation.of(StartMap.first(m), step, T, ReverseMode.full())}</td>
 *     <td>1 gradient, T products; T states</td></tr>
 * <tr><td>first-order MAML</td><td>{@code Adaptation.of(StartMap.first(m), step, T, new FirstOrder())}</td>
 *     <td>1 gradient</td></tr>
 * <tr><td>Reptile</td><td>{@code Adaptation.reptile(StartMap.first(m), step, T)} with {@code new Sgd(e)}</td>
 *     <td>1 value, to report it</td></tr>
 * <tr><td>iMAML</td><td>f wrapped as {@code new Proximity(f, lambda)}, any implicit hypergradient</td>
 *     <td>1 gradient, 1 product an iteration</td></tr>
 * <tr><td>Meta-SGD</td><td>MAML with {@code new PreconditionedDescent(1, new LearnedRates(m))}</td>
 *     <td>T + 1 gradients, T products</td></tr>
 * <tr><td>MT-net</td><td>MAML with {@code new PreconditionedDescent(rate, new UnitMask(layers, at))};
 *     objectives that read transforms from x</td><td>T + 1 gradients, T products</td></tr>
 * <tr><td>WarpGrad</td><td>{@code new PreconditionedDescent(rate, new WarpLayers(layers, at))}, {@code new
 *     EveryStep(dynamics)}</td><td>2 T gradients, T products</td></tr>
 * <tr><td>L2F</td><td>MAML with {@code new Attenuation(layers, hidden)} as its start</td>
 *     <td>3 gradients, T + 1 products</td></tr>
 * </table>
 *
 * <p>With few steps and tasks that differ in kind, MAML; where products are dear, first order or
 * Reptile; with many steps, iMAML, whose memory does not grow with them.
 */
@NullMarked
package io.github.oche.bilevel.meta;

import org.jspecify.annotations.NullMarked;
