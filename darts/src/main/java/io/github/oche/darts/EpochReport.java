package io.github.oche.darts;

import com.google.common.primitives.ImmutableDoubleArray;
import io.github.oche.space.Genotype;

/**
 * What an epoch of a search came to. Losses and accuracy are means over its images.
 *
 * @param epoch from 1; 0 is the start, whose measurements are NaN
 * @param rate of the weights in it
 * @param trainingLoss of the weight steps
 * @param trainingAccuracy of the weight steps, 0 to 1
 * @param validationLoss of the α steps
 * @param gradientNorm mean over the steps, before clipping
 * @param skipped α steps that had no hypergradient, so that α stayed; see {@link
 *     SearchHypergradient.Method#CONJUGATE_GRADIENT}
 * @param seconds it took
 * @param imagesPerSecond training images a second
 * @param alphas after it, normal rows, then reduction rows; floats, exactly
 * @param genotype what the published rule derives from them
 * @param stateSha256 {@link SearchState#sha256} after it
 */
public record EpochReport(
    int epoch,
    double rate,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    double gradientNorm,
    int skipped,
    double seconds,
    double imagesPerSecond,
    ImmutableDoubleArray alphas,
    Genotype genotype,
    String stateSha256) {}
