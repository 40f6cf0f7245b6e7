package io.github.oche.evaluation;

/**
 * How well images of one class are told from the others.
 *
 * @param name of the class
 * @param images of the class
 * @param precision of the images that were taken for this class, the share that are of it; 0 if
 *     there are none
 * @param recall of the images of this class, the share that were taken for it; 0 if there are none
 * @param f1 harmonic mean of both; 0 if one of them is
 */
public record ClassScore(String name, int images, double precision, double recall, double f1) {}
