package io.github.oche.evaluation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import io.github.oche.engine.Shape;
import io.github.oche.evaluation.Trained;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotypes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  /** Names that the published code's own state dictionary of this network has, one of each kind. */
  private static final ImmutableList<String> PUBLISHED =
      ImmutableList.of(
          "stem.0.weight",
          "stem.1.running_var",
          "stem.1.num_batches_tracked",
          "cells.0.preprocess0.op.1.weight",
          "cells.0._ops.0.op.1.weight",
          "cells.2.preprocess0.conv_2.weight",
          "cells.2.preprocess0.bn.running_mean",
          "classifier.weight",
          "classifier.bias");

  private static Model model;

  @TempDir private Path folder;
  private Path file;

  @BeforeAll
  static void train() {
    model = Trained.model(Genotypes.named("DARTS_V2"));
  }

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.safetensors");
    ModelFormat.SAFETENSORS.write(model, file);
  }

  @Test
  void allOfItComesBack() throws Exception {
    Model read = Model.read(file);
    assertThat(read.genotype()).isEqualTo(model.genotype());
    assertThat(read.macro()).isEqualTo(model.macro());
    assertThat(read.normalisation()).isEqualTo(model.normalisation());
    assertThat(read.weights()).isEqualTo(model.weights());
    assertThat(read.statistics()).isEqualTo(model.statistics());
    assertThat(read.steps()).isEqualTo(8); // 64 images in batches of 16, twice
    assertThat(read.statistics()).isNotEqualTo(untrained(model));
  }

  private static float[] untrained(Model model) {
    float[] statistics = new float[model.statistics().length];
    for (Parameter p : model.graph().statistics().all()) {
      Arrays.fill(statistics, p.offset(), p.end(), p.start());
    }
    return statistics;
  }

  @Test
  void namesAndShapesAreThoseOfTheStateDictionary() throws Exception {
    try (SafeTensors tensors = SafeTensors.open(file)) {
      assertThat(tensors.tensors()).containsKeys(PUBLISHED.toArray(new String[0]));
      assertThat(tensors.tensor("stem.0.weight").shape()).containsExactly(12, 1, 3, 3);
      assertThat(tensors.tensor("cells.0._ops.0.op.1.weight").shape()).startsWith(4, 1);
      assertThat(tensors.tensor("stem.1.num_batches_tracked").shape()).isEmpty();
      assertThat(tensors.longs("stem.1.num_batches_tracked")).containsExactly(8);
      assertThat(tensors.metadata()).containsEntry("format", "pt");
    }
  }

  @Test
  void fromShapesAndGenotypeTheRestFollows() throws Exception {
    new Edit(file).keep("genotype", "image_shape").drop(".num_batches_tracked").write();
    Model read = Model.read(file);
    assertThat(read.macro()).isEqualTo(model.macro());
    assertThat(read.normalisation()).isEmpty();
    assertThat(read.steps()).isZero();
    assertThat(read.weights()).isEqualTo(model.weights());
  }

  @Test
  void countersMayHaveBecomeFloats() throws Exception {
    String counter = "stem.1.num_batches_tracked";
    new Edit(file).drop(".num_batches_tracked").put(counter, new float[] {8}).write();
    assertThat(Model.read(file).steps()).isEqualTo(8);
    for (float[] no : new float[][] {{-1}, {Float.NaN}, {1, 2}}) {
      Integer[] shape = no.length == 1 ? new Integer[0] : new Integer[] {no.length};
      new Edit(file).put(counter, no, shape).write();
      assertThatThrownBy(() -> Model.read(file))
          .isInstanceOf(FormatException.class)
          .hasMessageEndingWith("\"" + counter + "\" is not a number of steps");
    }
  }

  @Test
  void withoutAGenotypeOneCanBeGiven() throws Exception {
    new Edit(file).keep("image_shape").write();
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no \"genotype\"");
    assertThat(Model.read(file, Genotypes.named("DARTS_V2")).weights()).isEqualTo(model.weights());
    assertThatThrownBy(() -> Model.read(file, Genotypes.named("DARTS_V1")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("tensor \"cells.");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "channels | 5 | tensor \"stem.0.weight\" has shape [12, 1, 3, 3], expected [15, 1, 3, 3]",
        "layers | 2 | tensor \"cells.0.preprocess0.op.1.weight\" has shape [4, 12, 1, 1], expected [8, 12, 1, 1]",
        "layers | 4 | there is no tensor \"cells.3.*\", but metadata \"layers\" is 4",
        "layers | 1000 | there is no tensor \"cells.3.*\"",
        "classes | 10 | tensor \"classifier.weight\" has shape [3, 64], expected [10, 64]",
        "image_shape | [3, 8, 8] | tensor \"stem.0.weight\" has shape [12, 1, 3, 3], expected [12, 3, 3, 3]",
        "image_shape | [1, 8] | metadata \"image_shape\" is \"[1, 8]\", expected [channels, rows, columns]",
        "image_shape | [1, 9, 8] | image height is 9",
        "image_shape | 1x8x8 | expected a list",
        "channels | x | metadata \"channels\" is \"x\", expected a number",
        "channels | 1e9 | expected a whole number",
        "channels | 4096 | expected [12288, 1, 3, 3]",
        "auxiliary_weight | 0.4 | auxiliary head needs images of 32x32",
        "genotype | NOPE | unknown genotype",
        "genotype | Genotype(normal=[( | column",
        "genotype | DARTS_V1 | tensor \"cells.",
        "mean | [0.5, 0.5] | 2 means",
        "deviation | [-1] | deviation -1.0 must be positive"
      })
  void aDescriptionThatDoesNotFitIsNamed(String key, String value, String message)
      throws Exception {
    new Edit(file).metadata(key, value).write();
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void whatIsMissingOrTooMuchIsNamed() throws Exception {
    new Edit(file).drop("cells.0._ops.2.op.1.weight").write();
    assertThatThrownBy(() -> Model.read(file))
        .hasMessageContaining("there is no tensor \"cells.0._ops.2.op.1.weight\", expected one of");
    ModelFormat.SAFETENSORS.write(model, file);
    new Edit(file).put("alphas_normal", new float[] {1, 2}, 2).write();
    assertThatThrownBy(() -> Model.read(file))
        .hasMessageContaining("tensor \"alphas_normal\" of shape [2] is none of the network");
  }

  @ParameterizedTest
  @CsvSource({
    "classifier.bias, NaN, expected a finite number",
    "stem.1.running_mean, Infinity, expected a finite number",
    "stem.1.running_var, -1, expected 0 or more"
  })
  void valuesThatCannotBeAreNamed(String name, float value, String message) throws Exception {
    Edit edit = new Edit(file);
    edit.floats(name)[1] = value;
    edit.write();
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("value 1 of tensor \"" + name + "\"")
        .hasMessageContaining(message);
  }

  @Test
  void weightsInDoublePrecisionAreRounded() throws Exception {
    new Edit(file).writeDoubles();
    assertThat(Model.read(file).weights()).isEqualTo(model.weights());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 100, 5000, -1})
  void aFileCutShortIsRefused(int length) throws Exception {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, length < 0 ? all.length + length : length));
    assertThatThrownBy(() -> Model.read(file))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(file.toString());
  }

  @Test
  void partsThatDoNotFitAreRefused() {
    DartsMacro other = DartsMacro.of(new Shape(3, 8, 8), 4, 3, 3);
    assertThatThrownBy(
            () ->
                new Model(
                    model.genotype(),
                    other,
                    Optional.empty(),
                    model.weights(),
                    model.statistics(),
                    0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights, expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SAFETENSORS", "DL4J", "ONNX"})
  void whatCannotBeWrittenIsSaidAndNothingIsLeft(String format) throws Exception {
    ModelFormat to = ModelFormat.valueOf(format);
    assertThatThrownBy(() -> to.write(model, folder.resolve("none/x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no folder " + folder.resolve("none"));
    Path taken = Files.createDirectory(folder.resolve("taken"));
    assertThatThrownBy(() -> to.write(model, taken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a folder");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("model.safetensors", "taken");
    assertThat(taken.toFile().list()).isEmpty();
  }

  @Test
  void aFileThatFailsHalfWayLeavesTheOldOne() throws Exception {
    Path old = Files.writeString(folder.resolve("old"), "old");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    old,
                    out -> {
                      out.write(1);
                      throw new IOException("full");
                    }))
        .hasMessage("full");
    assertThat(old).hasContent("old");
    assertThat(folder.toFile().listFiles(File::isFile)).hasSize(2);
  }

  @Test
  void formatsHaveNames() {
    assertThat(ModelFormat.parse("DL4J")).isEqualTo(ModelFormat.DL4J);
    assertThatThrownBy(() -> ModelFormat.parse("tflite"))
        .hasMessage("unknown model format \"tflite\"; known: safetensors, dl4j, onnx");
  }

  /** A file to be changed. */
  private static final class Edit {
    private final Path path;
    private final Map<String, String> metadata;
    private final Map<String, ImmutableList<Integer>> shapes = new HashMap<>();
    private final Map<String, float[]> floats = new HashMap<>();
    private final Map<String, long[]> longs = new HashMap<>();

    Edit(Path path) throws IOException {
      this.path = path;
      try (SafeTensors file = SafeTensors.open(path)) {
        metadata = new HashMap<>(file.metadata());
        for (String name : file.tensors().keySet()) {
          shapes.put(name, file.tensor(name).shape());
          if (file.tensor(name).type() == SafeTensors.DataType.I64) {
            longs.put(name, file.longs(name));
          } else {
            floats.put(name, file.floats(name));
          }
        }
      }
    }

    Edit metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** Keeps only these keys. */
    Edit keep(String... keys) {
      metadata.keySet().retainAll(ImmutableList.copyOf(keys));
      return this;
    }

    /** Leaves out all tensors whose names end so. */
    Edit drop(String end) {
      floats.keySet().removeIf(name -> name.endsWith(end));
      longs.keySet().removeIf(name -> name.endsWith(end));
      return this;
    }

    Edit put(String name, float[] values, Integer... shape) {
      shapes.put(name, ImmutableList.copyOf(shape));
      floats.put(name, values);
      return this;
    }

    float[] floats(String name) {
      float[] values = floats.get(name);
      return Objects.requireNonNull(values);
    }

    void write() throws IOException {
      SafeTensorsWriter writer = writer();
      floats.forEach((name, values) -> writer.put(name, shape(name), values));
      writer.write(path);
    }

    void writeDoubles() throws IOException {
      SafeTensorsWriter writer = writer();
      for (Map.Entry<String, float[]> entry : floats.entrySet()) {
        double[] wide = new double[entry.getValue().length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = entry.getValue()[i];
        }
        writer.put(entry.getKey(), shape(entry.getKey()), wide);
      }
      writer.write(path);
    }

    private SafeTensorsWriter writer() {
      SafeTensorsWriter writer = SafeTensors.writer();
      metadata.forEach(writer::metadata);
      longs.forEach((name, values) -> writer.put(name, shape(name), values));
      return writer;
    }

    private ImmutableList<Integer> shape(String name) {
      return Objects.requireNonNull(shapes.get(name));
    }
  }
}
