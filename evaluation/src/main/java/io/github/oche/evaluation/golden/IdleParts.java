package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.oche.engine.Graph;
import io.github.oche.engine.GraphBuilder;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Output;
import io.github.oche.engine.Parameter;
import io.github.oche.space.Candidate;
import io.github.oche.space.CellBuilder;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import io.github.oche.space.MacroNetwork;
import io.github.oche.space.Primitive;
import io.github.oche.space.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a derived network that no output depends on: a node that is neither joined nor read, an
 * input of a cell that no operation reads. The engine leaves them out. The published code runs them
 * all the same, and so updates the running statistics of their batch norms.
 */
final class IdleParts {
  private IdleParts() {}

  /**
   * The same network, with an output of weight 0 on each idle part, so that all is run. Its
   * parameters are those of the network, in the same order, then those of such outputs.
   */
  static DerivedNetwork run(Genotype genotype, DartsMacro macro, boolean dropsPaths) {
    List<Node> made = new ArrayList<>();
    ImmutableList<Candidate> candidates =
        Primitive.candidates().stream()
            .map(c -> remembering(c, made))
            .collect(ImmutableList.toImmutableList());
    MacroNetwork all =
        (g, cells, style) -> {
          CellBuilder remembering =
              (in, inputs, channels, reduction) -> {
                made.addAll(inputs);
                return cells.cell(in, inputs, channels, reduction);
              };
          ImmutableList<Output> outputs = macro.build(g, remembering, style);
          return ImmutableList.<Output>builder()
              .addAll(outputs)
              .addAll(onIdle(g, made, outputs, macro.classes()))
              .build();
        };
    return DerivedNetwork.of(genotype, all, candidates, dropsPaths);
  }

  private static Candidate remembering(Candidate candidate, List<Node> made) {
    return new Candidate(
        candidate.name(),
        (GraphBuilder g, Node x, int channels, int stride, Style style) -> {
          Node output = candidate.operation().apply(g, x, channels, stride, style);
          made.add(output);
          return output;
        });
  }

  private static ImmutableList<Output> onIdle(
      GraphBuilder g, List<Node> made, List<Output> outputs, int classes) {
    Set<Node> read = new HashSet<>();
    outputs.forEach(output -> follow(output.logits(), read));
    ImmutableList.Builder<Output> more = ImmutableList.builder();
    // The last first: it may be all that reads an earlier one.
    for (Node node : ImmutableList.copyOf(made).reverse()) {
      if (!read.contains(node)) {
        String name = "idle." + read.size();
        more.add(new Output(name, g.linear(name, g.globalAveragePool(node), classes), 0));
        follow(node, read);
      }
    }
    return more.build();
  }

  /** Adds a node and all that it depends on. */
  private static void follow(Node node, Set<Node> read) {
    Deque<Node> open = new ArrayDeque<>();
    open.add(node);
    while (!open.isEmpty()) {
      Node next = open.remove();
      if (read.add(next)) {
        open.addAll(next.inputs());
      }
    }
  }

  /** Names of the parameters that no output depends on: their gradients are zero. */
  static ImmutableSet<String> parameters(Graph graph) {
    Set<String> names = new HashSet<>();
    graph.parameters().all().forEach(p -> names.add(p.name()));
    graph.nodes().forEach(node -> removeUsed(node.op(), names));
    return ImmutableSet.copyOf(names);
  }

  private static void removeUsed(Op op, Collection<String> names) {
    if (op instanceof Op.Convolution convolution) {
      remove(convolution.weight(), names);
    } else if (op instanceof Op.Depthwise depthwise) {
      remove(depthwise.weight(), names);
    } else if (op instanceof Op.FactorizedReduce reduce) {
      remove(reduce.first(), names);
      remove(reduce.second(), names);
    } else if (op instanceof Op.BatchNorm norm) {
      remove(norm.scale(), names);
      remove(norm.bias(), names);
    } else if (op instanceof Op.Linear linear) {
      remove(linear.weight(), names);
      remove(linear.bias(), names);
    }
  }

  private static void remove(@Nullable Parameter parameter, Collection<String> names) {
    if (parameter != null) {
      names.remove(parameter.name());
    }
  }
}
