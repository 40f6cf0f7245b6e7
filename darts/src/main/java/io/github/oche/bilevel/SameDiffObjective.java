package io.github.oche.bilevel;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.github.oche.bilevel.linear.Scratch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * An objective that is an ND4J SameDiff graph: a scalar loss, and which of the graph's variables
 * make up x and y, one after the other, each in C order.
 *
 * <p>Value and gradient are SameDiff's; the product is a central difference, since SameDiff has no
 * second derivatives, and says so. The graph's variables are overwritten with x and y at each call,
 * so the graph must not be used by anything else meanwhile; SameDiff allocates its results. Sums
 * are ND4J's: the last bits may differ between machines.
 */
public final class SameDiffObjective implements Objective {
  private final SameDiff graph;
  private final String loss;
  private final Side upper;
  private final Side lower;
  private final CentralDifference difference = CentralDifference.standard();
  private ImmutableMap<String, INDArray> batch = ImmutableMap.of();

  /**
   * Creates the objective. The loss becomes the graph's only loss variable.
   *
   * @param graph holds the loss and the variables; kept
   * @param loss name of a scalar
   * @param x names of the trainable variables that make up x; may be empty if the loss reads no x
   * @param y names of the trainable variables that make up y, at least one
   * @throws IllegalArgumentException if a name is unknown, is no trainable variable or occurs twice
   */
  public SameDiffObjective(
      SameDiff graph, String loss, ImmutableList<String> x, ImmutableList<String> y) {
    checkArgument(
        graph.hasVariable(loss), "the graph has no loss \"%s\"; it has %s", loss, names(graph));
    checkArgument(
        graph.getVariable(loss).getVariableType() == VariableType.ARRAY,
        "the loss \"%s\" is of type %s, expected the result of an operation",
        loss,
        graph.getVariable(loss).getVariableType());
    checkArgument(!y.isEmpty(), "y has no variables, expected at least one");
    ImmutableList<String> all = ImmutableList.<String>builder().addAll(x).addAll(y).build();
    checkArgument(
        ImmutableSet.copyOf(all).size() == all.size(), "a variable occurs twice among %s", all);
    this.graph = graph;
    this.loss = loss;
    upper = new Side("x", graph, x);
    lower = new Side("y", graph, y);
    graph.setLossVariables(loss);
  }

  private static ImmutableSet<String> names(SameDiff graph) {
    return ImmutableSet.copyOf(graph.variableMap().keySet());
  }

  /**
   * Gives it a batch. It must not change while an estimate is computed.
   *
   * @param placeholders values of the graph's placeholders, by name
   * @return this
   * @throws IllegalArgumentException if the graph has no such placeholder
   */
  public SameDiffObjective batch(Map<String, INDArray> placeholders) {
    for (String name : placeholders.keySet()) {
      checkArgument(
          graph.hasVariable(name)
              && graph.getVariable(name).getVariableType() == VariableType.PLACEHOLDER,
          "the graph has no placeholder \"%s\"; it has %s",
          name,
          graph.inputs());
    }
    batch = ImmutableMap.copyOf(placeholders);
    return this;
  }

  @Override
  public double value(INDArray x, INDArray y) {
    upper.set(x);
    lower.set(y);
    return scalar(graph.output(batch, loss).get(loss));
  }

  @Override
  public Gradient gradient(INDArray x, INDArray y, Partial wanted) {
    upper.set(x);
    lower.set(y);
    ImmutableList.Builder<String> names = ImmutableList.builder();
    if (wanted.wantsX()) {
      names.addAll(upper.names);
    }
    if (wanted.wantsY()) {
      names.addAll(lower.names);
    }
    List<String> asked = names.build();
    if (asked.isEmpty()) { // only x, and there is none in the graph
      return Gradient.exact(value(x, y), upper.collect(ImmutableMap.of(), x), null);
    }
    var both = graph.calculateGradientsAndOutputs(batch, ImmutableList.of(loss), asked);
    Map<String, INDArray> gradients = both.getGradients();
    return Gradient.exact(
        scalar(both.getOutputs().get(loss)),
        wanted.wantsX() ? upper.collect(gradients, x) : null,
        wanted.wantsY() ? lower.collect(gradients, y) : null);
  }

  @Override
  public Gradient along(
      INDArray x, INDArray y, @Nullable INDArray dx, @Nullable INDArray dy, Partial wanted) {
    return difference.along(this, x, y, dx, dy, wanted);
  }

  private double scalar(@Nullable INDArray value) {
    checkArgument(
        value != null && value.length() == 1,
        "the loss \"%s\" is %s, expected a scalar",
        loss,
        value);
    return value.getDouble(0);
  }

  /** The variables that make up x or y. */
  private static final class Side {
    final String name;
    final ImmutableList<String> names;
    final ImmutableList<INDArray> arrays;
    final long length;
    final Scratch result = new Scratch();

    Side(String name, SameDiff graph, ImmutableList<String> names) {
      ImmutableList.Builder<INDArray> all = ImmutableList.builder();
      long sum = 0;
      for (String each : names) {
        checkArgument(
            graph.hasVariable(each),
            "the graph has no variable \"%s\" for %s; it has %s",
            each,
            name,
            SameDiffObjective.names(graph));
        SDVariable variable = graph.getVariable(each);
        checkArgument(
            variable.getVariableType() == VariableType.VARIABLE,
            "\"%s\" is of type %s, expected a trainable variable for %s",
            each,
            variable.getVariableType(),
            name);
        INDArray array = variable.getArr();
        all.add(array);
        sum += array.length();
      }
      this.name = name;
      this.names = names;
      arrays = all.build();
      length = sum;
    }

    /** Writes the vector into the variables. */
    void set(INDArray vector) {
      if (names.isEmpty()) { // the loss does not read it
        return;
      }
      checkArgument(
          vector.length() == length,
          "%s has %s entries, expected %s for the variables %s",
          name,
          vector.length(),
          length,
          names);
      long at = 0;
      for (INDArray array : arrays) {
        array.assign(slice(vector, at, array.length()).reshape('c', array.shape()));
        at += array.length();
      }
    }

    /** The gradients one after the other; zero where the loss does not read a variable. */
    INDArray collect(Map<String, INDArray> gradients, INDArray model) {
      INDArray to = result.like(model).assign(0);
      long at = 0;
      for (int i = 0; i < arrays.size(); i++) {
        long size = arrays.get(i).length();
        INDArray gradient = gradients.get(names.get(i));
        if (gradient != null) {
          slice(to, at, size).assign(gradient.reshape('c', new long[] {size}));
        }
        at += size;
      }
      return to;
    }

    private static INDArray slice(INDArray vector, long at, long size) {
      return vector.get(NDArrayIndex.interval(at, at + size));
    }
  }
}
