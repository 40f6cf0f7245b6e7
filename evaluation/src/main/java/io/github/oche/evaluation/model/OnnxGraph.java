package io.github.oche.evaluation.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * A model in ONNX: one operator a node of the graph, but for factorized reductions and zeros.
 * Initializers carry the names of PyTorch's state dictionary.
 */
final class OnnxGraph {
  /** Of the operators: old enough for every runtime since 2020, and none needs a newer one. */
  static final int OPSET = 13;

  /** Of the file's form; the one of that opset. */
  private static final int IR_VERSION = 7;

  private static final int MOST_WEIGHTS = 500_000_000;
  private static final String BATCH = "batch";
  private static final int FIRST_SPATIAL_AXIS = 2;

  private final Inference inference;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");

  private OnnxGraph(Inference inference) {
    this.inference = inference;
  }

  /**
   * Returns the file's content.
   *
   * @throws IllegalArgumentException if it would not fit into the 2 GB of the form
   */
  static ModelProto of(Model model) {
    checkArgument(
        model.weights().length < MOST_WEIGHTS,
        "%s weights do not fit into the 2 GB of an ONNX file",
        model.weights().length);
    OnnxGraph graph = new OnnxGraph(new Inference(model));
    ModelProto.Builder proto =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("oche")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph.build());
    ModelMetadata.of(model)
        .forEach(
            (key, value) ->
                proto.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return proto.build();
  }

  private GraphProto.Builder build() {
    Shape image = inference.image();
    int classes = inference.logits().shape().channels();
    inference.nodes().forEach(this::add);
    return graph
        .addInput(value(Inference.IMAGES, image.channels(), image.height(), image.width()))
        .addOutput(value(Inference.LOGITS, classes));
  }

  /** What a node's value is called. */
  private String name(Node node) {
    return node == inference.logits() ? Inference.LOGITS : inference.name(node);
  }

  private void add(Node node) {
    Op op = node.op();
    String out = name(node);
    List<String> in = node.inputs().stream().map(this::name).toList();
    if (op instanceof Op.Input) {
      return;
    } else if (op instanceof Op.Zeros) {
      zeros(node, out);
    } else if (op instanceof Op.Relu) {
      add("Relu", in, out);
    } else if (op instanceof Op.Convolution convolution) {
      convolution(in.get(0), convolution.weight(), convolution.window(), 1, out);
    } else if (op instanceof Op.Depthwise depthwise) {
      int groups = node.shape().channels();
      convolution(in.get(0), depthwise.weight(), depthwise.window(), groups, out);
    } else if (op instanceof Op.FactorizedReduce reduce) {
      factorizedReduce(in.get(0), reduce, out);
    } else if (op instanceof Op.BatchNorm norm) {
      batchNorm(in.get(0), norm, node.shape().channels(), out);
    } else if (op instanceof Op.MaxPool pool) {
      pool("MaxPool", in, out, pool.size(), pool.stride(), pool.padding());
    } else if (op instanceof Op.AveragePool pool) {
      pool("AveragePool", in, out, pool.size(), pool.stride(), pool.padding())
          .addAttribute(integer("count_include_pad", 0));
    } else if (op instanceof Op.WeightedSum sum) {
      Inference.checkPlain(node, sum);
      add(in.size() == 2 ? "Add" : "Sum", in, out);
    } else if (op instanceof Op.Concat) {
      add("Concat", in, out).addAttribute(integer("axis", 1));
    } else if (op instanceof Op.GlobalAverage) {
      add("GlobalAveragePool", in, out);
    } else if (op instanceof Op.Linear linear) {
      linear(in.get(0), linear, out);
    } else {
      throw Inference.unsupported(node);
    }
  }

  private void zeros(Node node, String out) {
    Window window = inference.zeros(node);
    int from = inference.image().channels();
    int to = node.shape().channels();
    String weight = tensor(out + ".weight", ImmutableList.of(to, from, 1, 1), new float[to * from]);
    convolution(Inference.IMAGES, weight, window, 1, out);
  }

  private void convolution(String x, Parameter weight, Window window, int groups, String out) {
    convolution(x, weight(weight), window, groups, out);
  }

  private void convolution(String x, String weight, Window window, int groups, String out) {
    int rows = window.padRows();
    int columns = window.padColumns();
    add("Conv", ImmutableList.of(x, weight), out)
        .addAttribute(integers("kernel_shape", window.rows(), window.columns()))
        .addAttribute(integers("strides", window.strideRows(), window.strideColumns()))
        .addAttribute(integers("pads", rows, columns, rows, columns)) // ends after all begins
        .addAttribute(integers("dilations", window.dilation(), window.dilation()))
        .addAttribute(integer("group", groups));
  }

  private void factorizedReduce(String x, Op.FactorizedReduce reduce, String out) {
    Window window = Window.square(1, 2, 0, 1);
    String first = Inference.module(reduce.first());
    String second = Inference.module(reduce.second());
    String moved = out + ".moved"; // without its first row and column
    String starts = integerTensor(out + ".starts", 1, 1);
    String ends = integerTensor(out + ".ends", Integer.MAX_VALUE, Integer.MAX_VALUE);
    String axes = integerTensor(out + ".axes", FIRST_SPATIAL_AXIS, FIRST_SPATIAL_AXIS + 1);
    add("Slice", ImmutableList.of(x, starts, ends, axes), moved);
    convolution(x, reduce.first(), window, 1, first);
    convolution(moved, reduce.second(), window, 1, second);
    add("Concat", ImmutableList.of(first, second), out).addAttribute(integer("axis", 1));
  }

  private void batchNorm(String x, Op.BatchNorm norm, int channels, String out) {
    ImmutableList<Integer> shape = ImmutableList.of(channels);
    String scale = tensor(out + ".weight", shape, inference.weight(norm.scale(), channels, 1));
    String bias = tensor(out + ".bias", shape, inference.weight(norm.bias(), channels, 0));
    String mean = tensor(norm.mean().name(), shape, inference.statistic(norm.mean()));
    String variance = tensor(norm.variance().name(), shape, inference.statistic(norm.variance()));
    add("BatchNormalization", ImmutableList.of(x, scale, bias, mean, variance), out)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("epsilon")
                .setType(AttributeType.FLOAT)
                .setF((float) Inference.EPSILON));
  }

  private NodeProto.Builder pool(
      String type, List<String> in, String out, int size, int stride, int padding) {
    return add(type, in, out)
        .addAttribute(integers("kernel_shape", size, size))
        .addAttribute(integers("strides", stride, stride))
        .addAttribute(integers("pads", padding, padding, padding, padding));
  }

  private void linear(String x, Op.Linear linear, String out) {
    String flat = Inference.module(linear.weight()) + ".flat";
    add("Flatten", ImmutableList.of(x), flat).addAttribute(integer("axis", 1));
    add("Gemm", ImmutableList.of(flat, weight(linear.weight()), weight(linear.bias())), out)
        .addAttribute(integer("transB", 1));
  }

  private NodeProto.Builder add(String type, List<String> in, String out) {
    return graph.addNodeBuilder().setName(out).setOpType(type).addAllInput(in).addOutput(out);
  }

  private String weight(Parameter p) {
    return tensor(p.name(), p.shape().asList(), inference.weight(p));
  }

  private String tensor(String name, List<Integer> shape, float[] values) {
    TensorProto.Builder tensor =
        graph.addInitializerBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    shape.forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return name;
  }

  private String integerTensor(String name, long... values) {
    TensorProto.Builder tensor =
        graph
            .addInitializerBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return name;
  }

  private static AttributeProto.Builder integer(String name, int value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static AttributeProto.Builder integers(String name, int... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (int value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  /** A value of any number of images. */
  private static ValueInfoProto.Builder value(String name, int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(BATCH);
    for (int size : sizes) {
      shape.addDimBuilder().setDimValue(size);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor));
  }
}
