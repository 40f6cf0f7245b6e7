package io.github.oche.evaluation.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import io.github.oche.engine.Node;
import io.github.oche.engine.Op;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.Shape;
import io.github.oche.engine.Window;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Models as Deeplearning4j graphs. Layers carry the names of PyTorch's modules.
 *
 * <p>The graph's one output, {@code classifier}, gives logits. It is an output layer, so that
 * {@code graph.evaluate(iterator)} works, and of the loss {@code MCXENT}, which wants
 * probabilities: to train the graph further, set the activation of that layer to softmax first.
 *
 * <p>A depthwise convolution with dilation is written as the equal one with a larger kernel, whose
 * other weights are zero: not every build of ND4J computes dilated ones rightly.
 */
public final class Deeplearning4j {
  private static final String DESCRIPTION = "oche.txt";

  /** The earliest time that a zip knows. */
  private static final LocalDateTime FIRST_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Inference inference;
  private final GraphBuilder builder;

  /** What is to be done once the graph has its memory. */
  private final List<Fill> fills = new ArrayList<>();

  private record Fill(String layer, String parameter, INDArray values) {}

  private Deeplearning4j(Inference inference) {
    this.inference = inference;
    Shape image = inference.image();
    builder =
        new NeuralNetConfiguration.Builder()
            .seed(0) // nothing is drawn, but the seed is written; it would be the clock's
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.ZERO)
            .convolutionMode(ConvolutionMode.Truncate)
            .graphBuilder()
            .addInputs(Inference.IMAGES)
            .validateOutputLayerConfig(false) // logits are wanted, not probabilities
            .setInputTypes(
                InputType.convolutional(image.height(), image.width(), image.channels()));
  }

  /**
   * Returns a graph that computes the logits of a model.
   *
   * @return reads normalised images, [images, channels, rows, columns], and gives logits, [images,
   *     classes]
   */
  public static ComputationGraph graph(Model model) {
    return new Deeplearning4j(new Inference(model)).build();
  }

  /**
   * Writes the zip, with equal bytes for equal models: its entries have no true time. Beside what
   * Deeplearning4j reads, it says for people which network it is, and how its images are
   * normalised.
   */
  static void write(Model model, OutputStream out) throws IOException {
    ByteArrayOutputStream timed = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph(model), timed, false);
    try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(timed.toByteArray()))) {
      ZipOutputStream to = new ZipOutputStream(out);
      for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
        to.putNextEntry(entry(entry.getName()));
        from.transferTo(to);
        to.closeEntry();
      }
      to.putNextEntry(entry(DESCRIPTION));
      String lines = Joiner.on('\n').withKeyValueSeparator(": ").join(ModelMetadata.of(model));
      to.write((lines + "\n").getBytes(UTF_8));
      to.closeEntry();
      to.finish();
    }
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(FIRST_OF_ZIP);
    return entry;
  }

  private ComputationGraph build() {
    inference.nodes().forEach(this::add);
    builder.setOutputs(inference.name(inference.logits()));
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    for (Fill fill : fills) {
      graph.getLayer(fill.layer()).getParam(fill.parameter()).assign(fill.values());
    }
    return graph;
  }

  private void add(Node node) {
    Op op = node.op();
    String out = inference.name(node);
    List<String> inputs = node.inputs().stream().map(inference::name).toList();
    String in = inputs.isEmpty() ? Inference.IMAGES : inputs.get(0);
    if (op instanceof Op.Input) {
      return;
    } else if (op instanceof Op.Zeros) {
      dense(out, in, node.shape().channels(), inference.zeros(node));
    } else if (op instanceof Op.Relu) {
      builder.addLayer(out, new ActivationLayer(Activation.RELU), in);
    } else if (op instanceof Op.Convolution convolution) {
      dense(out, in, node.shape().channels(), convolution.window());
      fill(out, "W", convolution.weight());
    } else if (op instanceof Op.Depthwise depthwise) {
      depthwise(out, in, depthwise);
    } else if (op instanceof Op.FactorizedReduce reduce) {
      factorizedReduce(out, in, node.shape().channels() / 2, reduce);
    } else if (op instanceof Op.BatchNorm norm) {
      batchNorm(out, in, node.shape().channels(), norm);
    } else if (op instanceof Op.MaxPool pool) {
      pool(out, in, PoolingType.MAX, pool.size(), pool.stride(), pool.padding());
    } else if (op instanceof Op.AveragePool pool) {
      pool(out, in, PoolingType.AVG, pool.size(), pool.stride(), pool.padding());
    } else if (op instanceof Op.WeightedSum sum) {
      Inference.checkPlain(node, sum);
      sum(out, inputs);
    } else if (op instanceof Op.Concat) {
      join(out, inputs);
    } else if (op instanceof Op.GlobalAverage) {
      builder.addLayer(out, new GlobalPoolingLayer(PoolingType.AVG), in);
    } else if (op instanceof Op.Linear linear) {
      linear(out, in, node.shape().channels(), linear);
    } else {
      throw Inference.unsupported(node);
    }
  }

  private void dense(String out, String in, int channels, Window window) {
    builder.addLayer(
        out,
        new ConvolutionLayer.Builder(window.rows(), window.columns())
            .stride(window.strideRows(), window.strideColumns())
            .padding(window.padRows(), window.padColumns())
            .dilation(window.dilation(), window.dilation())
            .nOut(channels)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        in);
  }

  /** The kernel of DL4J is [rows, columns, channels, 1]. */
  private void depthwise(String out, String in, Op.Depthwise op) {
    Window w = op.window();
    int rows = w.dilation() * (w.rows() - 1) + 1;
    int columns = w.dilation() * (w.columns() - 1) + 1;
    int channels = op.weight().shape().get(0);
    builder.addLayer(
        out,
        new DepthwiseConvolution2D.Builder(rows, columns)
            .stride(w.strideRows(), w.strideColumns())
            .padding(w.padRows(), w.padColumns())
            .depthMultiplier(1)
            .nOut(channels)
            .hasBias(false)
            .activation(Activation.IDENTITY)
            .build(),
        in);
    float[] from = inference.weight(op.weight()); // [channels, 1, w.rows, w.columns]
    float[] to = new float[rows * columns * channels];
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < w.rows(); row++) {
        for (int column = 0; column < w.columns(); column++) {
          int pixel = row * w.dilation() * columns + column * w.dilation();
          to[pixel * channels + c] = from[(c * w.rows() + row) * w.columns() + column];
        }
      }
    }
    fill(out, "W", to, rows, columns, channels, 1);
  }

  private void factorizedReduce(String out, String in, int half, Op.FactorizedReduce op) {
    Window window = Window.square(1, 2, 0, 1);
    String first = Inference.module(op.first());
    String second = Inference.module(op.second());
    String moved = out + ".moved"; // without its first row and column
    builder.addLayer(moved, new Cropping2D.Builder(1, 0, 1, 0).build(), in);
    dense(first, in, half, window);
    dense(second, moved, half, window);
    builder.addVertex(out, new MergeVertex(), first, second);
    fill(first, "W", op.first());
    fill(second, "W", op.second());
  }

  private void batchNorm(String out, String in, int channels, Op.BatchNorm norm) {
    builder.addLayer(
        out,
        new BatchNormalization.Builder()
            .eps(Inference.EPSILON)
            .useLogStd(false) // the variance is stored as it is
            .nOut(channels)
            .build(),
        in);
    fill(out, "gamma", inference.weight(norm.scale(), channels, 1), 1, channels);
    fill(out, "beta", inference.weight(norm.bias(), channels, 0), 1, channels);
    fill(out, "mean", inference.statistic(norm.mean()), 1, channels);
    fill(out, "var", inference.statistic(norm.variance()), 1, channels);
  }

  private void pool(String out, String in, PoolingType type, int size, int stride, int padding) {
    builder.addLayer(
        out,
        new SubsamplingLayer.Builder(type)
            .kernelSize(size, size)
            .stride(stride, stride)
            .padding(padding, padding)
            .avgPoolIncludePadInDivisor(false)
            .build(),
        in);
  }

  /** DL4J wants the inputs of a vertex to be different ones: who comes k times counts k-fold. */
  private void sum(String out, List<String> inputs) {
    Multiset<String> terms = LinkedHashMultiset.create(inputs);
    List<String> scaled = new ArrayList<>();
    for (Multiset.Entry<String> term : terms.entrySet()) {
      boolean only = terms.entrySet().size() == 1;
      String name = term.getElement();
      if (term.getCount() > 1 || only) {
        name = only ? out : out + ".times_" + scaled.size();
        builder.addVertex(name, new ScaleVertex(term.getCount()), term.getElement());
      }
      scaled.add(name);
    }
    if (scaled.size() > 1) {
      builder.addVertex(
          out, new ElementWiseVertex(ElementWiseVertex.Op.Add), scaled.toArray(new String[0]));
    }
  }

  /** Of an input that comes again, a copy is joined. */
  private void join(String out, List<String> inputs) {
    Set<String> joined = new HashSet<>();
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (int i = 0; i < inputs.size(); i++) {
      String name = inputs.get(i);
      if (!joined.add(name)) {
        name = out + ".copy_" + i;
        builder.addVertex(name, new ScaleVertex(1), inputs.get(i));
      }
      names.add(name);
    }
    builder.addVertex(out, new MergeVertex(), names.build().toArray(new String[0]));
  }

  /** The weight of DL4J is [in, out]. */
  private void linear(String out, String in, int classes, Op.Linear linear) {
    builder.addLayer(
        out,
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(classes)
            .activation(Activation.IDENTITY)
            .build(),
        in);
    int width = linear.weight().shape().get(1);
    float[] from = inference.weight(linear.weight()); // [classes, width]
    float[] to = new float[from.length];
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < width; i++) {
        to[i * classes + c] = from[c * width + i];
      }
    }
    fill(out, "W", to, width, classes);
    fill(out, "b", inference.weight(linear.bias()), 1, classes);
  }

  private void fill(String layer, String parameter, Parameter p) {
    long[] shape = p.shape().asList().stream().mapToLong(Integer::longValue).toArray();
    fill(layer, parameter, inference.weight(p), shape);
  }

  private void fill(String layer, String parameter, float[] values, long... shape) {
    INDArray array = Nd4j.createFromArray(values).reshape('c', shape);
    fills.add(new Fill(layer, parameter, array));
  }
}
