package io.github.oche.evaluation;

/**
 * How well a network classifies images that it was not trained on.
 *
 * @param errorPercent images whose label does not have the largest logit
 * @param top5ErrorPercent images whose label is not among the five largest
 * @param images how many there were
 */
public record Score(double errorPercent, double top5ErrorPercent, int images) {}
