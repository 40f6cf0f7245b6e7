package io.github.oche.evaluation.trial;

import java.util.random.RandomGenerator;

/**
 * What a search by trials needs to know of its architectures.
 *
 * @param <A> architectures
 */
public interface ArchitectureSpace<A> {
  /** Draws an architecture. */
  A random(RandomGenerator random);

  /** Draws a neighbour: an architecture that differs from this one in one small thing. */
  A mutate(A architecture, RandomGenerator random);
}
