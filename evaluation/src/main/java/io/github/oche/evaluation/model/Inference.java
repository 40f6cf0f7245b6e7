package io.github.oche.evaluation.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import io.github.oche.engine.MixtureWeight;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a model that its logits depend on, with a name for each node. */
final class Inference {
  static final String IMAGES = "images";
  static final String LOGITS = "logits";

  /** Of all batch norms, as in PyTorch. */
  static final double EPSILON = 1e-5;

  private final Model model;
  private final Node logits;
  private final ImmutableList<Node> nodes;

  Inference(Model model) {
    this.model = model;
    logits = model.graph().outputs().get(0).logits();
    Set<Node> live = new HashSet<>();
    live.add(logits);
    for (Node node : model.graph().nodes().reverse()) {
      if (live.contains(node)) {
        live.addAll(node.inputs());
      }
    }
    nodes =
        model.graph().nodes().stream()
            .filter(live::contains)
            .collect(ImmutableList.toImmutableList());
  }

  Model model() {
    return model;
  }

  /** Inputs before their users. */
  ImmutableList<Node> nodes() {
    return nodes;
  }

  Node logits() {
    return logits;
  }

  Shape image() {
    return model.graph().input();
  }

  /** The name of a node: where there are weights, that of the module in PyTorch. */
  String name(Node node) {
    Op op = node.op();
    if (op instanceof Op.Input) {
      return IMAGES;
    } else if (op instanceof Op.Convolution convolution) {
      return module(convolution.weight());
    } else if (op instanceof Op.Depthwise depthwise) {
      return module(depthwise.weight());
    } else if (op instanceof Op.BatchNorm norm) {
      return module(norm.mean());
    } else if (op instanceof Op.Linear linear) {
      return module(linear.weight());
    }
    String kind =
        CaseFormat.UPPER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, op.getClass().getSimpleName());
    return (node.part().isEmpty() ? "" : node.part() + ".") + kind + "_" + node.id();
  }

  /** The name of a parameter without its last part. */
  static String module(Parameter parameter) {
    return parameter.name().substring(0, parameter.name().lastIndexOf('.'));
  }

  float[] weight(Parameter p) {
    return Arrays.copyOfRange(model.weights(), p.offset(), p.end());
  }

  /** A scale or a bias; one value everywhere where a batch norm has none. */
  float[] weight(@Nullable Parameter p, int channels, float otherwise) {
    if (p != null) {
      return weight(p);
    }
    float[] values = new float[channels];
    Arrays.fill(values, otherwise);
    return values;
  }

  float[] statistic(Parameter p) {
    return Arrays.copyOfRange(model.statistics(), p.offset(), p.end());
  }

  /** Checks that a sum is a plain one, as those of derived networks are. */
  static void checkPlain(Node node, Op.WeightedSum sum) {
    checkArgument(
        sum.weights().stream().allMatch(MixtureWeight.ONE::equals),
        "%s has mixing weights, which other formats do not have",
        node);
  }

  /**
   * The window of a convolution of the images, with zeros for weights, that gives zeros of the
   * shape of a node: what has no input takes the number of images from there.
   */
  Window zeros(Node node) {
    Shape to = node.shape();
    int rows = image().height() / to.height();
    int columns = image().width() / to.width();
    return new Window(1, 1, rows, columns, 0, 0, 1);
  }

  /** An operation that trained models do not have. */
  static IllegalArgumentException unsupported(Node node) {
    return new IllegalArgumentException("cannot export " + node);
  }
}
