package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code evaluate} trains, {@code export} takes along and {@code score} scores. */
class ModelCommandsTest {
  @TempDir private static Path shared;
  private static Path run;

  @TempDir private Path folder;

  private final Console console = new Console();

  @BeforeAll
  static void train() {
    run = shared.resolve("run");
    List<String> tiny =
        List.of(
            "evaluate --genotype=DARTS_V2 --channels=2 --cells=3 --epochs=1 --train-images=64 --batch=16"
                .split(" "));
    Console console = new Console();
    assertThat(console.runTo(run, tiny)).as(console.err.toString()).isEqualTo(ExitCode.DONE);
  }

  private int oche(String... arguments) {
    return console.run(arguments);
  }

  @Test
  void aRunIsScoredAsItsTrainingWas() throws Exception {
    Path logits = folder.resolve("logits.csv");
    assertThat(oche("score", run.toString(), "--logits=" + logits, "--threads=1"))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(console.err.toString()).isEmpty();
    String evaluation = Files.readAllLines(run.resolve("evaluation.csv")).get(1);
    double percent = Double.parseDouble(List.of(evaluation.split(",")).get(2));
    String error = String.format(Locale.ROOT, "%.2f", percent);
    assertThat(console.out.toString()).contains("test error " + error + "% of 1,000 images");

    List<String> rows = Files.readAllLines(logits);
    assertThat(rows).hasSize(1001);
    assertThat(rows.get(0))
        .isEqualTo(
            "index,label,logit0,logit1,logit2,logit3,logit4,logit5,logit6,logit7,logit8,logit9");
    int wrong = 0;
    for (int i = 0; i < 1000; i++) {
      double[] row =
          Arrays.stream(rows.get(i + 1).split(",")).mapToDouble(Double::parseDouble).toArray();
      assertThat(row).hasSize(12);
      assertThat(row[0]).isEqualTo(i);
      int best = 2;
      for (int c = 3; c < row.length; c++) {
        best = row[c] > row[best] ? c : best;
      }
      wrong += best - 2 == row[1] ? 0 : 1;
    }
    assertThat(wrong / 10.0).isEqualTo(percent);
  }

  @Test
  void theConfusionMatrixIsThatOfTheTraining() throws Exception {
    Path confusion = folder.resolve("confusion.csv");
    assertThat(oche("score", run.toString(), "--confusion=" + confusion))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(confusion).hasSameTextualContentAs(run.resolve("confusion.csv"));
    assertThat(console.out.toString()).contains("Ankle boot", "written to " + confusion);
    Path both = folder.resolve("both.csv");
    Path logits = folder.resolve("logits.csv");
    assertThat(oche("score", run.toString(), "--confusion=" + both, "--logits=" + logits))
        .isEqualTo(ExitCode.DONE);
    assertThat(both).hasSameTextualContentAs(confusion);
    assertThat(Files.readAllLines(logits)).hasSize(1001);
  }

  /** The first tensor that differs is the stem's or an early one's, with both shapes. */
  @Test
  void weightsOfAnotherNetworkAreRefused() throws Exception {
    Path wide = folder.resolve("wide.safetensors");
    SafeTensorsWriter writer = SafeTensors.writer();
    try (SafeTensors file = SafeTensors.open(run.resolve("model.safetensors"))) {
      file.metadata().forEach((k, v) -> writer.metadata(k, k.equals("channels") ? "4" : v));
      for (String name : file.tensors().keySet()) {
        if (file.tensor(name).type() == SafeTensors.DataType.F32) {
          writer.put(name, file.tensor(name).shape(), file.floats(name));
        }
      }
    }
    writer.write(wide);
    for (String command : List.of("score", "export")) {
      Console refusing = new Console();
      String[] arguments =
          command.equals("score")
              ? new String[] {"score", wide.toString()}
              : new String[] {"export", wide.toString(), "--to=onnx", "--out=" + folder + "/x"};
      assertThat(refusing.run(arguments)).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(refusing.err.toString().lines()).hasSize(1);
      assertThat(refusing.err.toString())
          .contains("tensor \"stem.0.weight\" has shape [6, 1, 3, 3], expected [12, 1, 3, 3]");
    }
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void imagesOfOtherClassesAreRefused() throws Exception {
    for (String part : List.of("train", "test")) {
      for (String name : List.of("cat", "dog", "eel")) {
        Path images = Files.createDirectories(folder.resolve("data").resolve(part).resolve(name));
        for (int i = 0; i < 3; i++) {
          BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
          ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
      }
    }
    assertThat(oche("score", run.toString(), "--data=" + folder.resolve("data")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString()).contains("the model has 10 classes, ", "has 3");
  }

  @Test
  void aModelLeavesAndComesBack() throws Exception {
    Path file = folder.resolve("m.safetensors");
    assertThat(oche("export", run.toString(), "--to=safetensors", "--out=" + file))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(console.out.toString()).contains("written to " + file);
    assertThat(file).hasSameBinaryContentAs(run.resolve("model.safetensors"));

    Path bare = withoutMetadata(file);
    Path first = folder.resolve("1.csv");
    Path second = folder.resolve("2.csv");
    assertThat(oche("score", file.toString(), "--logits=" + first)).isEqualTo(ExitCode.DONE);
    assertThat(
            oche(
                "score", bare.toString(), "--genotype=" + run, "--batch=100", "--logits=" + second))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(second).hasSameTextualContentAs(first);
  }

  /** As PyTorch would write it: the same tensors, nothing said but the shape of the images. */
  private Path withoutMetadata(Path from) throws IOException {
    Path bare = folder.resolve("bare.safetensors");
    SafeTensorsWriter writer = SafeTensors.writer().metadata("image_shape", "[1, 28, 28]");
    try (SafeTensors file = SafeTensors.open(from)) {
      for (String name : file.tensors().keySet()) {
        if (file.tensor(name).type() == SafeTensors.DataType.F32) {
          writer.put(name, file.tensor(name).shape(), file.floats(name));
        }
      }
    }
    writer.write(bare);
    return bare;
  }

  @Test
  void othersReadIt() throws Exception {
    Path zip = folder.resolve("m.zip");
    assertThat(oche("export", run.toString(), "--to=dl4j", "--out=" + zip))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    try (ZipFile entries = new ZipFile(zip.toFile())) {
      assertThat(entries.stream().map(e -> e.getName()))
          .contains("configuration.json", "coefficients.bin", "oche.txt");
    }
    Path onnx = folder.resolve("m.onnx");
    Path file = run.resolve("model.safetensors");
    assertThat(oche("export", file.toString(), "--to=onnx", "--out=" + onnx))
        .as(console.err.toString())
        .isEqualTo(ExitCode.DONE);
    assertThat(Files.readString(onnx, ISO_8859_1))
        .contains("BatchNormalization", "cells.0._ops.0.op.1.weight");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN --to=tflite --out=OUT/x | unknown model format \"tflite\"; known: safetensors, dl4j",
        "RUN --to=onnx --out=OUT/none/x | there is no folder OUT/none",
        "RUN --to=onnx --out=OUT | OUT is a folder",
        "OUT --to=onnx --out=OUT/x | folder OUT holds no model.safetensors",
        "OUT/none --to=onnx --out=OUT/x | OUT/none: there is no such file",
        "RUN/genotype.txt --to=dl4j --out=OUT/x | not a safetensors file",
        "RUN --genotype=DARTS_V1 --to=dl4j --out=OUT/x | tensor \"cells.",
        "RUN --genotype=NOPE --to=dl4j --out=OUT/x | unknown genotype"
      })
  void badInputOfExportIsOneLineAndNothingIsWritten(String command, String message) {
    refused("export", command, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN --logits=OUT/none/x | there is no folder OUT/none",
        "RUN --data=OUT/none --logits=OUT/x | OUT/none: no such file or folder",
        "RUN --confusion=OUT/none/x | there is no folder OUT/none",
        "RUN --confusion=OUT/x --logits=OUT/x | --logits and --confusion name the same file",
        "RUN --threads=0 --logits=OUT/x | --threads is 0",
        "RUN --batch=0 --logits=OUT/x | --batch is 0",
        "RUN/evaluation.csv --logits=OUT/x | not a safetensors file",
        "OUT --logits=OUT/x | folder OUT holds no model.safetensors"
      })
  void badInputOfScoreIsOneLineAndNothingIsWritten(String command, String message) {
    refused("score", command, message);
  }

  private void refused(String verb, String command, String message) {
    String text = (verb + " " + command).replace("RUN", run.toString());
    assertThat(oche(text.replace("OUT", folder.toString()).split(" ")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString().lines()).hasSize(1);
    assertThat(console.err.toString())
        .startsWith("oche " + verb + ": ")
        .contains(message.replace("OUT", folder.toString()));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileCutShortIsRefused() throws Exception {
    byte[] all = Files.readAllBytes(run.resolve("model.safetensors"));
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(all, all.length - 10));
    assertThat(oche("score", cut.toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(oche("export", cut.toString(), "--to=onnx", "--out=" + folder.resolve("x")))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(console.err.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.contains(cut + ": ") && line.contains("cut short"));
    assertThat(folder.toFile().list()).containsExactly("cut");
  }
}
