package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.random.RandomGenerator;

/** Which named parameter lies where in one flat {@code float[]}, in the order of construction. */
public final class ParameterTable {
  private final ImmutableMap<String, Parameter> byName;
  private final long count;

  ParameterTable(Iterable<Parameter> parameters) {
    ImmutableMap.Builder<String, Parameter> map = ImmutableMap.builder();
    long count = 0;
    for (Parameter p : parameters) {
      map.put(p.name(), p);
      count += p.size();
    }
    this.byName = map.buildOrThrow();
    this.count = count;
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

  /** How many values they have together; with more than an array holds, nothing runs. */
  public long count() {
    return count;
  }

  /**
   * Length of the flat vector.
   *
   * @throws IllegalArgumentException if no array is as long
   */
  public int size() {
    checkArgument(
        count <= Integer.MAX_VALUE,
        "the network has %s parameters, more than the %s that an array holds",
        count,
        Integer.MAX_VALUE);
    return (int) count;
  }

  /**
   * Initial values as PyTorch draws them by default: convolutions and linear layers uniform within
   * 1/sqrt(fan-in), batch norm scale 1 and bias 0, running mean 0 and variance 1.
   *
   * @param random read in the order of the table, once a value that is drawn
   */
  public float[] initialise(RandomGenerator random) {
    float[] w = new float[size()];
    for (Parameter p : all()) {
      for (int i = p.offset(); i < p.end(); i++) {
        w[i] = p.bound() == 0 ? p.start() : (float) ((2 * random.nextDouble() - 1) * p.bound());
      }
    }
    return w;
  }
}
