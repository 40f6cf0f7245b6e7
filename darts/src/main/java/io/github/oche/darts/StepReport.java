package io.github.oche.darts;

import com.google.common.primitives.ImmutableDoubleArray;

/**
 * What one search step measured.
 *
 * @param validationLoss where the α gradient was taken: at w for the first order, at the unrolled
 *     w' for the others
 * @param alphaGradient the hypergradient that α's rule was given, normal rows, then reduction rows;
 *     empty if there was none and α stayed, as {@link
 *     SearchHypergradient.Method#CONJUGATE_GRADIENT} may have it
 * @param trainingLoss at w, after the α step
 * @param correct images of the training batch that were classified rightly there
 * @param gradientNorm of the whole weight gradient, before clipping
 */
public record StepReport(
    double validationLoss,
    ImmutableDoubleArray alphaGradient,
    double trainingLoss,
    int correct,
    double gradientNorm) {}
