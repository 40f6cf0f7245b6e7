package io.github.oche.evaluation;

/**
 * The epoch after which a network answered the held-out images best; of equal ones the first.
 *
 * @param epoch from 1
 * @param validationErrorPercent of the held-out images then; that it is the best of many makes it
 *     an optimistic figure
 * @param score of that epoch's network on the test images, which had no part in the choice
 */
public record BestEpoch(int epoch, double validationErrorPercent, Score score) {}
