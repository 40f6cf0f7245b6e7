/**
 * Searches that try one architecture after the other, and know of each only how accurate it is.
 *
 * <p>Three small interfaces: an {@link io.github.oche.evaluation.trial.ArchitectureSpace} draws and
 * mutates, an {@link io.github.oche.evaluation.trial.Evaluator} says how accurate an architecture
 * is, a {@link io.github.oche.evaluation.trial.TrialSearch} spends a budget of evaluations. A table
 * ({@link io.github.oche.evaluation.tabular.NasBench201}) evaluates in nanoseconds, a training from
 * scratch in minutes, and neither search can tell them apart:
 *
 * <pre>{@code
 * // The images that "split" calls its test images must be a part of the training images: what a
 * // search has looked at can no longer judge what it found.
 * Evaluator<Genotype> training = genotype ->
 *     100 - Retraining.train(genotype, split, settings, 2, RetrainingListener.NONE)
 *         .score().errorPercent();
 * Trial<Genotype> best = new RandomSearch<>(space).search(training, 20, 0);
 * }</pre>
 *
 * <p>They are the baselines that every search by gradients should be held against: {@link
 * io.github.oche.evaluation.trial.RandomSearch} and {@link
 * io.github.oche.evaluation.trial.RegularisedEvolution}.
 */
@NullMarked
package io.github.oche.evaluation.trial;

import org.jspecify.annotations.NullMarked;
