package io.github.oche.darts;

import com.google.common.collect.ImmutableList;
import io.github.oche.space.Genotype;

/**
 * What a search found.
 *
 * @param genotype derived after the last epoch
 * @param epochs the start, and then a report each epoch
 */
public record SearchResult(Genotype genotype, ImmutableList<EpochReport> epochs) {}
