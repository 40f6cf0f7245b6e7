package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;

/**
 * All that the next step of a search reads but its batches and settings. Mutable: a {@link
 * SearchStep} changes it in place, so the accessors give the arrays themselves.
 */
public final class SearchState {
  private final float[] weights;
  private final float[] velocity;
  private final float[] alphas;
  private final float[] alphaMeans;
  private final float[] alphaSquares;
  private long steps;
  private long alphaSteps;

  /**
   * A state in the middle of a search.
   *
   * @param weights w, in the order of the graph's parameters; kept
   * @param velocity momentum buffer of w; kept
   * @param alphas normal rows, then reduction rows; kept
   * @param alphaMeans Adam's running mean of α's gradient; kept
   * @param alphaSquares Adam's running mean of its square; kept
   * @param steps made so far
   * @param alphaSteps how many of them moved α
   */
  public SearchState(
      float[] weights,
      float[] velocity,
      float[] alphas,
      float[] alphaMeans,
      float[] alphaSquares,
      long steps,
      long alphaSteps) {
    checkArgument(
        velocity.length == weights.length,
        "%s weights, but momentum of %s",
        weights.length,
        velocity.length);
    checkArgument(
        alphaMeans.length == alphas.length && alphaSquares.length == alphas.length,
        "%s alphas, but means of %s and squares of %s",
        alphas.length,
        alphaMeans.length,
        alphaSquares.length);
    checkArgument(steps >= 0, "steps is %s, expected at least 0", steps);
    checkArgument(
        alphaSteps >= 0 && alphaSteps <= steps,
        "alpha steps is %s, expected 0 to %s",
        alphaSteps,
        steps);
    this.weights = weights;
    this.velocity = velocity;
    this.alphas = alphas;
    this.alphaMeans = alphaMeans;
    this.alphaSquares = alphaSquares;
    this.steps = steps;
    this.alphaSteps = alphaSteps;
  }

  /**
   * The state before the first step.
   *
   * @param weights w; kept
   * @param alphas normal rows, then reduction rows; kept
   * @return the state with nothing remembered
   */
  public static SearchState start(float[] weights, float[] alphas) {
    return new SearchState(
        weights,
        new float[weights.length],
        alphas,
        new float[alphas.length],
        new float[alphas.length],
        0,
        0);
  }

  /**
   * The network weights w.
   *
   * @return the array itself
   */
  public float[] weights() {
    return weights;
  }

  /**
   * The momentum buffer of w.
   *
   * @return the array itself
   */
  public float[] velocity() {
    return velocity;
  }

  /**
   * The architecture weights α: normal rows, then reduction rows.
   *
   * @return the array itself
   */
  public float[] alphas() {
    return alphas;
  }

  /**
   * Adam's running mean of α's gradient.
   *
   * @return the array itself
   */
  public float[] alphaMeans() {
    return alphaMeans;
  }

  /**
   * Adam's running mean of the square of α's gradient.
   *
   * @return the array itself
   */
  public float[] alphaSquares() {
    return alphaSquares;
  }

  /**
   * How many steps were made.
   *
   * @return the number
   */
  public long steps() {
    return steps;
  }

  /**
   * How many of the steps moved α, which one without a hypergradient does not: what Adam corrects
   * its means by.
   *
   * @return the number of Adam's updates
   */
  public long alphaSteps() {
    return alphaSteps;
  }

  void count(boolean movedAlphas) {
    steps++;
    alphaSteps += movedAlphas ? 1 : 0;
  }

  /**
   * The SHA-256 of all bits of w and then α, each float as four bytes, the lowest first. Two
   * searches with equal sums had equal results so far.
   *
   * @return 64 hexadecimal digits
   */
  public String sha256() {
    Hasher hasher = Hashing.sha256().newHasher();
    put(hasher, weights);
    put(hasher, alphas);
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, float[] values) {
    for (float value : values) {
      hasher.putInt(Float.floatToRawIntBits(value)); // Guava's hashers are little-endian
    }
  }
}
