/**
 * What can be searched, and what was found.
 *
 * <p>A {@link io.github.oche.space.SearchSpace} says what the cells of a network may be ({@link
 * io.github.oche.space.CellSpace}: nodes, edges, candidates) and how they are repeated ({@link
 * io.github.oche.space.MacroNetwork}). Two networks are built from it, both as a graph for the
 * engine:
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.darts(new Shape(3, 32, 32), 16, 8, 10);     // channels, cells, classes
 * Supernet supernet = Supernet.of(space);                                     // every candidate at once
 * Softmax softmax = supernet.softmax();
 * double[] alpha = new double[softmax.size()];                                // 2 x 14 x 8, to be searched
 * Genotype genotype = supernet.genotype(softmax.weights(alpha), Discretisation.published());
 *
 * DartsMacro macro = DartsMacro.of(new Shape(3, 32, 32), 36, 20, 10).withAuxiliary(0.4);
 * DerivedNetwork network = DerivedNetwork.of(genotype, macro, true);          // what was found, to be trained
 * Cost cost = Cost.of(network.graph());                                       // exact, without running it
 * }</pre>
 *
 * <p>Where to go from here:
 *
 * <ul>
 *   <li>an operation of one's own: {@link io.github.oche.space.Operation}, a lambda over the graph
 *       builder; the published ones are {@link io.github.oche.space.Primitive}
 *   <li>a cell of one's own: {@code new CellSpace(inputs, nodes, candidates)}
 *   <li>another way to repeat cells: {@link io.github.oche.space.MacroNetwork}; the published ones
 *       are {@link io.github.oche.space.DartsMacro} and, for large images, {@link
 *       io.github.oche.space.ImageNetMacro}
 *   <li>another map from architecture weights to mixing weights: {@link
 *       io.github.oche.space.Relaxation}
 *   <li>another rule for reading a cell out of weights: {@link io.github.oche.space.Discretisation}
 *   <li>published cells, files and text: {@link io.github.oche.space.Genotypes}; a picture: {@link
 *       io.github.oche.space.CellDrawing}
 * </ul>
 *
 * <p>Parameters carry the names of the published PyTorch code, {@code
 * cells.0._ops.3._ops.4.op.1.weight}, so that weights go both ways.
 */
@NullMarked
package io.github.oche.space;

import org.jspecify.annotations.NullMarked;
