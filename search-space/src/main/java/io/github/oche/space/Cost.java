package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Graph;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Parameter;
import java.util.stream.Stream;

/**
 * What a network costs, exactly, without running it.
 *
 * @param parameters trainable numbers, without the auxiliary head: what papers call parameters, in
 *     millions
 * @param auxiliaryParameters those of the auxiliary head, whose names contain {@code auxiliary}; it
 *     helps in training only
 * @param multiplyAdds of one image: convolutions and linear layers, without biases, batch norms,
 *     poolings, additions and the auxiliary head; edges count even where no output reads their
 *     result, as the published code computes them
 */
public record Cost(long parameters, long auxiliaryParameters, long multiplyAdds) {
  private static final String AUXILIARY = "auxiliary";

  /**
   * Counts a network; time is linear in its nodes.
   *
   * @throws IllegalArgumentException if there are more multiply-adds than a long holds
   */
  public static Cost of(Graph graph) {
    long auxiliary =
        graph.parameters().all().stream()
            .filter(Cost::isAuxiliary)
            .mapToLong(Parameter::size)
            .sum();
    long parameters = graph.parameters().count() - auxiliary;
    try {
      long multiplyAdds =
          Stream.of(graph.nodes(), graph.unread())
              .flatMap(ImmutableList::stream)
              .mapToLong(Cost::multiplyAdds)
              .reduce(0, Math::addExact);
      return new Cost(parameters, auxiliary, multiplyAdds);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the network has more than 2^63 multiply-adds", e);
    }
  }

  /** All trainable numbers, the auxiliary head's too. */
  public long parametersWithAuxiliary() {
    return parameters + auxiliaryParameters;
  }

  private static long multiplyAdds(Node node) {
    long pixels = (long) node.shape().height() * node.shape().width();
    Op op = node.op();
    if (op instanceof Op.Convolution convolution) {
      return Math.multiplyExact(pixels, counted(convolution.weight()));
    }
    if (op instanceof Op.Depthwise depthwise) {
      return Math.multiplyExact(pixels, counted(depthwise.weight()));
    }
    if (op instanceof Op.FactorizedReduce reduce) {
      return Math.multiplyExact(pixels, counted(reduce.first()) + counted(reduce.second()));
    }
    if (op instanceof Op.Linear linear) {
      return counted(linear.weight());
    }
    return 0;
  }

  /** Each weight of a convolution is used once for each output pixel. */
  private static long counted(Parameter weight) {
    return isAuxiliary(weight) ? 0 : weight.size();
  }

  private static boolean isAuxiliary(Parameter parameter) {
    return parameter.name().contains(AUXILIARY);
  }
}
