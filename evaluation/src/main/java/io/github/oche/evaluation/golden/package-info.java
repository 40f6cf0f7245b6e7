/**
 * Parity that anyone can check: {@link io.github.oche.evaluation.golden.GoldenCheck} reads a file
 * of weights, images and what they must come to, computed elsewhere in double precision, and runs
 * the project's own engine, hypergradients and optimisers on them.
 *
 * <pre>{@code
 * for (Quantity q : GoldenCheck.check(Path.of("darts-supernet.safetensors"), 2)) {
 *   System.out.println(q.name() + " " + q.error() + " " + q.verdict());
 * }
 * }</pre>
 *
 * <p>Forward quantities are smooth, and float32 holds them to a few 1e-7. Gradients are not: where
 * the input of a ReLU, or two values under a maximum, lie within rounding of each other, two
 * correct engines fall on different sides. So a gradient beyond its limit is a {@link
 * io.github.oche.evaluation.golden.Verdict#TIE}, not wrong, if it is not far off and all forward
 * quantities are right.
 */
@NullMarked
package io.github.oche.evaluation.golden;

import org.jspecify.annotations.NullMarked;
