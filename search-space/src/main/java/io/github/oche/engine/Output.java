package io.github.oche.engine;

/**
 * Logits of a graph, and how much their cross-entropy counts in the loss.
 *
 * @param name what messages call it
 * @param logits [classes, 1, 1]
 * @param weight of its mean cross-entropy in the loss: 1 for the classifier, 0.4 for an auxiliary
 *     head
 */
public record Output(String name, Node logits, double weight) {}
