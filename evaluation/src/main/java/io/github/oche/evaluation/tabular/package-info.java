/**
 * NAS-Bench-201 as a table: all 15,625 cells of a small space, each trained by others on three sets
 * of images, so that a whole comparison of searches takes seconds.
 *
 * <pre>{@code
 * NasBench201 table = NasBench201.load();
 * Trial<NasBench201Cell> found =
 *     new RegularisedEvolution<>(NasBench201Space.INSTANCE, 10, 3)
 *         .search(table.evaluator(Accuracy.CIFAR10_VALID_12), 100, 0);
 * System.out.println(found.architecture() + " "
 *     + table.accuracy(found.architecture(), Accuracy.CIFAR10_TEST_200));
 * }</pre>
 *
 * <p>{@link io.github.oche.evaluation.tabular.NasBench201Comparison} makes the published comparison
 * of random search and evolution from it, with the bounds and the trivial baselines that such a
 * comparison needs. {@code README.txt} beside the table says where its numbers are from.
 *
 * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang (2020), NAS-Bench-201: extending
 *     the scope of reproducible neural architecture search</a>
 */
@NullMarked
package io.github.oche.evaluation.tabular;

import org.jspecify.annotations.NullMarked;
