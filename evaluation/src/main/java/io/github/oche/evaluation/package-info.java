/**
 * Judges what a search found: trains the network of a genotype from scratch, and scores it once on
 * images that neither the search nor the training has seen.
 *
 * <pre>{@code
 * Dataset data = Dataset.embedded();
 * RetrainingResult result =
 *     Retraining.train(
 *         Genotypes.named("DARTS_V2"),
 *         data,
 *         RetrainingSettings.quick().withSeed(1),
 *         2, // threads
 *         RetrainingListener.NONE);
 * System.out.println(result.score().errorPercent() + " % of " + result.score().images());
 * }</pre>
 *
 * <p>A training is a function: settings, genotype and data in, result out. It knows no files and no
 * other training; {@link io.github.oche.evaluation.RetrainingFiles} writes what it reports, the
 * trained {@link io.github.oche.evaluation.model.Model} too, and {@link
 * io.github.oche.evaluation.RetrainingSummary} says what trainings of several seeds come to. One
 * that was interrupted goes on from a {@link io.github.oche.evaluation.Checkpoint}, with the same
 * bits. As published, the last epoch counts; to choose another, hold out training images ({@link
 * io.github.oche.evaluation.RetrainingSettings#withValidation}): the test images are read at the
 * end only. Which classes were taken for which is Deeplearning4j's to count ({@link
 * io.github.oche.evaluation.Confusion}). {@link io.github.oche.evaluation.Scoring} scores such a
 * model again, or one that came from elsewhere. {@link
 * io.github.oche.evaluation.RetrainingSettings} has the published protocol (600 epochs of a network
 * of 20 cells; weeks on a CPU) and a quick one of a few minutes.
 */
@NullMarked
package io.github.oche.evaluation;

import org.jspecify.annotations.NullMarked;
