/**
 * Does it learn as PyTorch does? The same training and the same searches on both sides, from the
 * same initial weights and on the same batches, and what came of them.
 *
 * <pre>{@code
 * benchmarks/learning --python /usr/bin/python3 --out runs/learning
 * }</pre>
 *
 * <p>An {@link io.github.oche.benchmarks.learning.Experiment} makes one of them with the library's
 * own classes, whose listeners give away the weights that were drawn and the batches to come; these
 * go to files, {@code torch_learning.py} reads them and does the same. A number that is not equal
 * is not yet a fault: training is chaotic, so PyTorch also makes some steps from weights that
 * differ by one rounding, and in double precision. Two right programs part about as early as these
 * runs do, and end within the spread over seeds.
 *
 * <p>{@link io.github.oche.benchmarks.learning.Parting} says when two curves part, {@link
 * io.github.oche.benchmarks.learning.PairedSamples} whether ends differ over seeds.
 */
@NullMarked
package io.github.oche.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
