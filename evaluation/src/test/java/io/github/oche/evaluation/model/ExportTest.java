package io.github.oche.evaluation.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.Trained;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Trained networks give the same logits elsewhere. */
class ExportTest {
  /**
   * Every operation in every place: zeros, equal states joined twice, an operation that counts
   * twice.
   */
  private static final String ODD =
      "Genotype(normal=[('skip_connect', 0), ('skip_connect', 0), ('none', 1), ('dil_conv_5x5', 0),"
          + " ('none', 0), ('none', 1), ('sep_conv_7x7', 1), ('avg_pool_3x3', 4),"
          + " ('skip_connect', 0), ('skip_connect', 0), ('max_pool_3x3', 3), ('sep_conv_3x3', 4)],"
          + " normal_concat=[2, 4, 5, 6, 7],"
          + " reduce=[('none', 0), ('max_pool_3x3', 1), ('conv_7x1_1x7', 0), ('dil_conv_3x3', 1),"
          + " ('skip_connect', 0), ('avg_pool_3x3', 1), ('sep_conv_5x5', 0), ('none', 1),"
          + " ('dil_conv_5x5', 1), ('sep_conv_7x7', 0)], reduce_concat=[2, 3, 4, 5, 6])";

  @TempDir private Path folder;

  private static Genotype genotype(String name) {
    return name.equals("odd") ? Genotype.parse(ODD) : Genotypes.named(name);
  }

  private static int[] sizes(Model model) {
    Shape s = model.macro().image();
    return new int[] {s.channels(), s.height(), s.width()};
  }

  @ParameterizedTest
  @ValueSource(strings = {"DARTS_V1", "DARTS_V2", "NASNet", "AmoebaNet", "odd"})
  void aTrainedNetworkIsTheSameEverywhere(String name) throws Exception {
    Model model = Trained.model(genotype(name));
    float[] images = Trained.images(model.macro().image(), 5);
    float[] expected = Trained.logits(model, images, 5);

    Path onnx = folder.resolve("model.onnx");
    ModelFormat.ONNX.write(model, onnx);
    float[] there = OnnxRuntime.logits(onnx, images, 5, sizes(model));
    assertThat(Trained.error(there, expected)).isLessThan(1e-5);

    INDArray in = Nd4j.createFromArray(images).reshape(5, 1, 8, 8);
    ComputationGraph graph = Deeplearning4j.graph(model);
    float[] logits = graph.outputSingle(in).dup('c').data().asFloat();
    assertThat(Trained.error(logits, expected)).isLessThan(1e-5);

    Path file = folder.resolve("model.safetensors");
    ModelFormat.SAFETENSORS.write(model, file);
    assertThat(Trained.logits(Model.read(file), images, 5)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DARTS_V2", "odd"})
  void aZipIsReadByDeeplearning4jWithoutJavaDeserialisation(String name) throws Exception {
    Model model = Trained.model(genotype(name));
    float[] images = Trained.images(model.macro().image(), 3);
    Path zip = folder.resolve("model.zip");
    ModelFormat.DL4J.write(model, zip);
    float[] logits = Dl4jReader.logits(zip, images, 3, sizes(model));
    assertThat(Trained.error(logits, Trained.logits(model, images, 3))).isLessThan(1e-5);
  }

  @Test
  void theAuxiliaryHeadStaysInSafetensorsOnly() throws Exception {
    Model model = Trained.withAuxiliaryHead(Genotypes.named("DARTS_V2"));
    assertThat(model.macro().auxiliaryWeight()).isEqualTo(0.4);
    float[] images = Trained.images(model.macro().image(), 2);
    float[] expected = Trained.logits(model, images, 2);

    Path onnx = folder.resolve("model.onnx");
    ModelFormat.ONNX.write(model, onnx);
    float[] there = OnnxRuntime.logits(onnx, images, 2, sizes(model));
    assertThat(Trained.error(there, expected)).isLessThan(1e-5);
    assertThat(Files.size(onnx)).isLessThan(4L * model.weights().length);
    assertThat(Deeplearning4j.graph(model).numParams()).isLessThan(model.weights().length);

    Path file = folder.resolve("model.safetensors");
    ModelFormat.SAFETENSORS.write(model, file);
    assertThat(Model.read(file).weights()).isEqualTo(model.weights());
    assertThat(Model.read(file).macro()).isEqualTo(model.macro());
  }

  @Test
  void onnxSaysWhatItReadsAndWhatItIs() throws Exception {
    Model model = Trained.model(Genotypes.named("DARTS_V2"));
    Path file = folder.resolve("model.onnx");
    ModelFormat.ONNX.write(model, file);
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      TensorInfo in = info(session.getInputInfo(), "images");
      assertThat(in.getShape()).containsExactly(-1, 1, 8, 8);
      assertThat(in.getDimensionNames()[0]).isEqualTo("batch");
      TensorInfo out = info(session.getOutputInfo(), "logits");
      assertThat(out.getShape()).containsExactly(-1, 3);
      assertThat(out.getDimensionNames()[0]).isEqualTo("batch");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("oche");
      Map<String, String> custom = session.getMetadata().getCustomMetadata();
      assertThat(custom)
          .containsEntry("genotype", model.genotype().toString())
          .containsEntry("mean", model.normalisation().orElseThrow().mean().toString());
    }
  }

  private static TensorInfo info(Map<String, NodeInfo> all, String name) {
    return (TensorInfo) Objects.requireNonNull(all.get(name)).getInfo();
  }

  /** As its Javadoc says: logits as they are, probabilities once that is set. */
  @Test
  void aDeeplearning4jGraphCanBeTrainedFurther() {
    Model model = Trained.model(Genotypes.named("DARTS_V2"));
    ComputationGraph graph = Deeplearning4j.graph(model);
    INDArray in =
        Nd4j.createFromArray(Trained.images(model.macro().image(), 4)).reshape(4, 1, 8, 8);
    INDArray logits = graph.outputSingle(in).dup();
    FeedForwardLayer last = (FeedForwardLayer) graph.getLayer("classifier").conf().getLayer();
    last.setActivationFn(new ActivationSoftmax());
    INDArray probabilities = graph.outputSingle(in).dup();
    assertThat(probabilities.equalsWithEps(Transforms.softmax(logits, true), 1e-5)).isTrue();
    INDArray labels = Nd4j.eye(3).get(Nd4j.createFromArray(0, 1, 2, 0));
    graph.fit(new INDArray[] {in}, new INDArray[] {labels});
    double before = graph.score();
    for (int i = 0; i < 5; i++) {
      graph.fit(new INDArray[] {in}, new INDArray[] {labels});
    }
    assertThat(graph.score()).isLessThan(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAFETENSORS", "DL4J", "ONNX"})
  void equalModelsGiveEqualFilesAndLeaveNothingBeside(String format) throws Exception {
    Model model = Trained.model(Genotypes.named("DARTS_V2"));
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    ModelFormat.valueOf(format).write(model, first);
    ModelFormat.valueOf(format).write(Trained.model(Genotypes.named("DARTS_V2")), second);
    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first", "second");
  }
}
