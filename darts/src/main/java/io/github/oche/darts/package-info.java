/**
 * Searching for architectures by gradients.
 *
 * <pre>{@code
 * Dataset data = Dataset.embedded();
 * SearchSettings settings = SearchSettings.quick().withSeed(7);
 * SearchResult found = new Searcher(settings).search(data, 2, SearchListener.NONE);
 * System.out.println(found.genotype());                       // Genotype(normal=[('sep_conv_3x3', 1), ...
 * }</pre>
 *
 * <p>A search is a function of its settings, its data and its space: the same bits for any number
 * of threads and on any machine. {@link io.github.oche.darts.SearchFiles} is a listener that writes
 * what it finds into a {@link io.github.oche.darts.RunFolder}, and after each epoch a {@link
 * io.github.oche.darts.SearchCheckpoint} to go on from.
 *
 * <p>From the outside in: {@link io.github.oche.darts.Searcher} runs epochs of {@link
 * io.github.oche.darts.SearchStep}s, which move α by {@link io.github.oche.darts.Adam} along a
 * hypergradient of {@link io.github.oche.bilevel}, and then w by {@link io.github.oche.darts.Sgd}.
 * {@link io.github.oche.darts.SupernetProblem} makes the bilevel problem of a supernet: its upper
 * variable x is α, its lower variable y is w.
 *
 * <table>
 * <caption>Presets of {@link io.github.oche.darts.SearchSettings}</caption>
 * <tr><th>preset</th><th>what it is</th></tr>
 * <tr><td>{@code quick}</td><td>minutes on two cores</td></tr>
 * <tr><td>{@code code}</td><td>the released code: first order, α from N(0, 1e-3), split by position, rate 0.025 to 0.001</td></tr>
 * <tr><td>{@code paper}</td><td>the paper: second order, α from 0, rate 0.025 to 0</td></tr>
 * </table>
 */
@NullMarked
package io.github.oche.darts;

import org.jspecify.annotations.NullMarked;
