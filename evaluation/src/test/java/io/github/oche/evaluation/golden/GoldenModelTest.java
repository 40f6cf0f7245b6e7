package io.github.oche.evaluation.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.Trained;
import io.github.oche.evaluation.model.Dl4jReader;
import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.evaluation.model.OnnxRuntime;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights that PyTorch wrote are scored here, leave again, and give PyTorch's logits everywhere.
 */
class GoldenModelTest {
  private static final double TOLERANCE = 2e-6;

  @TempDir private Path folder;

  @Test
  void nasnetGivesPyTorchsLogitsInEachForm() throws Exception {
    givesTheLogits(GoldenFiles.unpack(GoldenFiles.NETWORK, folder), false);
  }

  @Test
  void dartsGivesPyTorchsLogitsInEachForm() throws Exception {
    givesTheLogits(GoldenFiles.elsewhere("darts-v2-network-c8-l5.safetensors"), true);
  }

  private void givesTheLogits(Path golden, boolean auxiliary) throws Exception {
    float[] images;
    float[] expected;
    int count;
    try (SafeTensors file = SafeTensors.open(golden)) {
      images = file.floats("images");
      expected = file.floats("eval.logits");
      count = file.tensor("images").shape().get(0);
    }
    Model model = Model.read(stateDictionary(golden));
    assertThat(model.macro().image()).isEqualTo(new Shape(3, 32, 32));
    assertThat(model.macro().cells()).isEqualTo(5);
    assertThat(model.macro().auxiliaryWeight() > 0).isEqualTo(auxiliary);
    assertThat(Trained.error(Trained.logits(model, images, count), expected)).isLessThan(TOLERANCE);

    Path again = folder.resolve("again.safetensors");
    ModelFormat.SAFETENSORS.write(model, again);
    assertSameTensors(golden, again);

    Path onnx = folder.resolve("model.onnx");
    ModelFormat.ONNX.write(model, onnx);
    assertThat(Trained.error(OnnxRuntime.logits(onnx, images, count, 3, 32, 32), expected))
        .isLessThan(TOLERANCE);

    Path zip = folder.resolve("model.zip");
    ModelFormat.DL4J.write(model, zip);
    assertThat(Trained.error(Dl4jReader.logits(zip, images, count, 3, 32, 32), expected))
        .isLessThan(TOLERANCE);
  }

  /** A file as PyTorch writes a state dictionary: nothing is said but the genotype. */
  private Path stateDictionary(Path golden) throws IOException {
    Path path = folder.resolve("state.safetensors");
    SafeTensorsWriter writer = SafeTensors.writer();
    try (SafeTensors file = SafeTensors.open(golden)) {
      String genotype =
          Genotypes.named(Objects.requireNonNull(file.metadata().get("genotype"))).toString();
      writer.metadata("genotype", genotype);
      for (String name : file.tensors().keySet()) {
        if (name.startsWith("weights.") || name.startsWith("buffers.")) {
          writer.put(
              name.substring("weights.".length()), file.tensor(name).shape(), file.floats(name));
        }
      }
    }
    writer.write(path);
    return path;
  }

  private static void assertSameTensors(Path golden, Path written) throws IOException {
    try (SafeTensors expected = SafeTensors.open(golden);
        SafeTensors actual = SafeTensors.open(written)) {
      int compared = 0;
      for (String name : actual.tensors().keySet()) {
        if (!name.endsWith("num_batches_tracked")) {
          String there =
              (expected.tensors().containsKey("weights." + name) ? "weights." : "buffers.") + name;
          assertThat(actual.tensor(name).shape()).isEqualTo(expected.tensor(there).shape());
          assertThat(actual.floats(name)).isEqualTo(expected.floats(there));
          compared++;
        }
      }
      long all =
          expected.tensors().keySet().stream()
              .filter(n -> n.startsWith("weights.") || n.startsWith("buffers."))
              .count();
      assertThat(compared).isEqualTo((int) all);
    }
  }
}
