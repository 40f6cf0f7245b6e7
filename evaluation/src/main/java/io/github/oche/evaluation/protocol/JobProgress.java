package io.github.oche.evaluation.protocol;

/**
 * A search or training of a reproduction, and how far the whole has come when it starts or ends.
 *
 * @param number of it, from 1
 * @param jobs how many there are
 * @param name of it and of its folder: {@code search/darts-first-order-0}
 * @param readBack whether it was done before and its files are read
 * @param secondsLeft an estimate to the end of the whole; NaN before anything is known
 */
public record JobProgress(
    int number, int jobs, String name, boolean readBack, double secondsLeft) {}
