package io.github.oche.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector shape that this JVM's kernels use. Constants, because only vectors of a constant
 * species compile well.
 */
final class Lanes {
  /** Lanes of the JVM's preferred shape, at most 16. */
  static final int PREFERRED = Math.min(16, FloatVector.SPECIES_PREFERRED.length());

  /** Floats a vector. */
  static final int V = lanes(Providers.forcedLanes(System.getProperty("oche.lanes", "")));

  static final VectorShape SHAPE = VectorShape.forBitSize(32 * V);
  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  private Lanes() {}

  private static int lanes(int forced) {
    return forced > 0 ? forced : Math.max(4, PREFERRED);
  }
}
