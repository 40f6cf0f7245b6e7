package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.random.RandomGenerator;

/** Which named parameter lies where in one flat {@code float[]}, in the order of construction. */
public final class ParameterTable {
  private final ImmutableMap<String, Parameter> byName;
  private final int size;

  ParameterTable(Iterable<Parameter> parameters) {
    ImmutableMap.Builder<String, Parameter> map = ImmutableMap.builder();
    int end = 0;
    for (Parameter p : parameters) {
      map.put(p.name(), p);
      end = p.end();
    }
    this.byName = map.buildOrThrow();
    this.size = end;
  }

  /** All of them, by offset. */
  public ImmutableList<Parameter> all() {
    return byName.values().asList();
  }

  /** Whether there is one of this name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Parameter get(String name) {
    Parameter p = byName.get(name);
    checkArgument(p != null, "the network has no parameter \"%s\"", name);
    return p;
  }

  /** Length of the flat vector. */
  public int size() {
    return size;
  }

  /**
   * Initial values as PyTorch draws them by default: convolutions and linear layers uniform within
   * 1/sqrt(fan-in), batch norm scale 1 and bias 0, running mean 0 and variance 1.
   *
   * @param random read in the order of the table, once a value that is drawn
   */
  public float[] initialise(RandomGenerator random) {
    float[] w = new float[size];
    for (Parameter p : all()) {
      for (int i = p.offset(); i < p.end(); i++) {
        w[i] = p.bound() == 0 ? p.start() : (float) ((2 * random.nextDouble() - 1) * p.bound());
      }
    }
    return w;
  }
}
