package io.github.oche.bilevel;

/**
 * The shape of a fully connected layer whose parameters lie in a flat vector: first the weights
 * {@code W [outputs, inputs]} row by row, then the biases {@code b [outputs]}.
 *
 * @param inputs how many numbers go in, at least 1
 * @param outputs how many come out, at least 1
 */
public record DenseLayer(int inputs, int outputs) {
  /**
   * Creates the shape of a layer.
   *
   * @param inputs how many numbers go in, at least 1
   * @param outputs how many come out, at least 1
   */
  public DenseLayer {
    Settings.atLeastOne("inputs", inputs);
    Settings.atLeastOne("outputs", outputs);
  }

  /** {@return how many weights} */
  public int weights() {
    return inputs * outputs;
  }

  /** {@return how many parameters, weights and biases} */
  public int parameters() {
    return weights() + outputs;
  }
}
