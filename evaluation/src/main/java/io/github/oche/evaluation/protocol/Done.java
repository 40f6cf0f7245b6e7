package io.github.oche.evaluation.protocol;

import io.github.oche.darts.Effort;
import java.util.Optional;

/**
 * A search or training that is done.
 *
 * @param result what it came to; empty if a number became NaN or infinite
 * @param effort what it took, result or not
 */
record Done<T>(Optional<T> result, Effort effort) {}
