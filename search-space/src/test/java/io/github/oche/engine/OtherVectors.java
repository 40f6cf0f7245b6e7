package io.github.oche.engine;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A program's own use of the Vector API, in lengths that the kernels do not use: it mixes the
 * profiles of the library's methods, which the compiler reads for all of the program's vectors.
 */
final class OtherVectors {
  private static final int REPEATS = 20_000;
  private static final int LONGEST = 16;

  private OtherVectors() {}

  /** Uses everything often enough to be compiled. */
  static void use() {
    float[] x = new float[LONGEST];
    int[] i = new int[LONGEST];
    double[] d = new double[LONGEST];
    for (int n = 0; n < REPEATS; n++) {
      floats(FloatVector.SPECIES_64, x);
      floats(FloatVector.SPECIES_128, x);
      floats(FloatVector.SPECIES_256, x);
      floats(FloatVector.SPECIES_512, x);
      integers(IntVector.SPECIES_64, i);
      integers(IntVector.SPECIES_128, i);
      integers(IntVector.SPECIES_256, i);
      integers(IntVector.SPECIES_512, i);
      doubles(DoubleVector.SPECIES_128, d);
      doubles(DoubleVector.SPECIES_256, d);
      doubles(DoubleVector.SPECIES_512, d);
    }
  }

  private static void floats(VectorSpecies<Float> species, float[] x) {
    FloatVector a = FloatVector.fromArray(species, x, 0);
    FloatVector b = FloatVector.broadcast(species, 0.5f);
    a.add(b)
        .mul(b)
        .max(a)
        .sub(b)
        .fma(b, a)
        .reinterpretAsInts()
        .reinterpretAsFloats()
        .intoArray(x, 0);
  }

  private static void integers(VectorSpecies<Integer> species, int[] x) {
    IntVector a = IntVector.fromArray(species, x, 0);
    IntVector b = IntVector.broadcast(species, 3);
    a.add(b)
        .sub(a)
        .and(b)
        .or(a)
        .neg()
        .not()
        .lanewise(VectorOperators.ASHR, 31)
        .lanewise(VectorOperators.XOR, b)
        .reinterpretAsFloats()
        .reinterpretAsInts()
        .intoArray(x, 0);
  }

  private static void doubles(VectorSpecies<Double> species, double[] x) {
    DoubleVector a = DoubleVector.fromArray(species, x, 0);
    DoubleVector b = DoubleVector.broadcast(species, 0.5);
    a.add(b).sub(a).fma(b, a).intoArray(x, 0);
  }
}
