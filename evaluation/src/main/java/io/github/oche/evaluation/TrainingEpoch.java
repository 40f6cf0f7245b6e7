package io.github.oche.evaluation;

import java.util.Optional;

/**
 * What an epoch of a training came to; loss and accuracy are means over its images.
 *
 * @param epoch from 1
 * @param rate of the weights in it
 * @param loss with the auxiliary head's share
 * @param accuracy of the classifier, 0 to 1
 * @param validation after it, on the held-out images, with running statistics; empty if there are
 *     none
 * @param seconds that its steps took
 * @param imagesPerSecond training images a second
 */
public record TrainingEpoch(
    int epoch,
    double rate,
    double loss,
    double accuracy,
    Optional<Score> validation,
    double seconds,
    double imagesPerSecond) {}
