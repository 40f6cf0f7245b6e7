/**
 * Makes table 1 of DARTS again, from the first search to the last training.
 *
 * <pre>{@code
 * Reproduction reproduction =
 *     new Reproduction(Protocol.tiny(), Dataset.embedded(), Path.of("runs/darts-tiny"), 2);
 * ImmutableList<MethodResult> rows = reproduction.run(ReproductionListener.NONE);
 * }</pre>
 *
 * <p>{@link io.github.oche.evaluation.protocol.Protocol} holds all that decides what comes out, at
 * three scales; {@link io.github.oche.evaluation.protocol.Reproduction} carries it out. Its
 * searches and trainings are ordinary runs, each in a folder that says with {@code run.json} what
 * is done there and with {@code done.json} that it is done and what it took:
 *
 * <pre>
 * search/darts-first-order-0                 searches, each from another seed
 * selection/darts-first-order-0              a short training of what it found, on a part of the
 *                                            training images, scored on the others
 * selection/random-search-0                  the same of a cell that was drawn
 * final/darts-first-order/seed-0             full trainings of the one that was chosen
 * </pre>
 *
 * <p>Interrupted at any moment, the same call goes on with the run that was under way, after its
 * last whole epoch. The test images are read at the end of each full training; nothing is chosen by
 * them.
 */
@NullMarked
package io.github.oche.evaluation.protocol;

import org.jspecify.annotations.NullMarked;
