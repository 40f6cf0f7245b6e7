/**
 * How far a supernet can be trusted: whether architectures that score well with the weights that
 * they inherit from it are those that do well when they are trained from scratch.
 *
 * <pre>{@code
 * SearchedSupernet searched = SearchedSupernet.read(Path.of("runs/1/supernet.safetensors"));
 * CorrelationStudy study = new CorrelationStudy(searched, data, RetrainingSettings.quick(), 64, 2);
 * CorrelationTable table = new CorrelationTable(ImmutableList.of());
 * for (var named : CorrelationStudy.architectures(searched, 30, 0).entrySet()) {
 *   table = table.with(study.score(named.getKey(), named.getValue(), RetrainingListener.NONE));
 * }
 * System.out.println(table.ofInheritedWeights());   // Kendall's tau, its interval, ...
 * System.out.println(table.ofParameters());         // what it has to beat
 * }</pre>
 *
 * <p>{@link io.github.oche.evaluation.correlation.InheritedScore} is an {@link
 * io.github.oche.evaluation.trial.Evaluator} like any other, so that random search or evolution can
 * spend thousands of evaluations on a supernet that was trained once. {@link
 * io.github.oche.evaluation.correlation.RankCorrelation} knows nothing of networks.
 *
 * <p>How to read it: few samples say little (see the interval); random architectures of the DARTS
 * space differ by a percent or two, so that the noise of a single training blurs the order; and the
 * number of parameters alone often orders them as well.
 *
 * @see <a href="https://arxiv.org/abs/1902.08142">Yu et al. (2020), Evaluating the search phase of
 *     neural architecture search</a>
 */
@NullMarked
package io.github.oche.evaluation.correlation;

import org.jspecify.annotations.NullMarked;
