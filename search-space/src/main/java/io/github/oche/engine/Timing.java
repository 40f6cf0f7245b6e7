package io.github.oche.engine;

/**
 * How long one step of a network's plan has taken, in one kind of pass, since the network was made
 * or its timings were last cleared.
 *
 * @param part where in the network the step stands, such as {@code cells.3._ops.5}
 * @param kind what it computes, such as {@code separable 3x3}
 * @param pass in which pass
 * @param calls how often
 * @param seconds of the caller's clock, all threads working
 * @param multiplyAdds that the results need, over all calls: what is computed again on the way back
 *     is not counted
 * @param bytes of the stored tensors that were read or written, each once a call
 */
public record Timing(
    String part,
    String kind,
    Pass pass,
    long calls,
    double seconds,
    long multiplyAdds,
    long bytes) {
  /** The passes of a network. */
  public enum Pass {
    /** Values. */
    FORWARD,
    /** Tangents of the values. */
    FORWARD_ALONG,
    /** Gradients. */
    BACKWARD,
    /** Gradients and their derivatives along a direction. */
    BACKWARD_ALONG
  }
}
