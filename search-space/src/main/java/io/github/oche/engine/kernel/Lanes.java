package io.github.oche.engine.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
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

  /**
   * Whether registers are few: vectors of 512 bits come with 32, shorter ones mostly with 16. There
   * the order of loads matters, see the package's description.
   */
  static final boolean FENCES = V < 16;

  static final VectorShape SHAPE = VectorShape.forBitSize(32 * V);
  static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, SHAPE);
  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, SHAPE);
  static final VectorSpecies<Double> DOUBLES = VectorSpecies.of(double.class, SHAPE);

  /** The one class of all float vectors here; {@code cast} tells the compiler. */
  static final Class<FloatVector> FLOAT = exact(FLOATS);

  static final Class<IntVector> INT = exact(INTS);
  static final Class<DoubleVector> DOUBLE = exact(DOUBLES);

  private Lanes() {}

  /** The class of a species' vectors, which only the library can name. */
  @SuppressWarnings("unchecked")
  private static <E, T extends Vector<E>> Class<T> exact(VectorSpecies<E> species) {
    return (Class<T>) species.vectorType();
  }

  private static int lanes(int forced) {
    return forced > 0 ? forced : Math.max(4, PREFERRED);
  }
}
