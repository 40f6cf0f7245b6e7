package io.github.oche.cli;

import io.github.oche.evaluation.model.Model;
import io.github.oche.evaluation.model.ModelFormat;
import io.github.oche.evaluation.model.WholeFile;
import io.github.oche.space.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code oche export}: a trained model in a form that others read. */
@Command(
    name = "export",
    sortOptions = false,
    customSynopsis = "oche export RUN|FILE --to=safetensors|dl4j|onnx --out=FILE [OPTIONS]",
    description = "Writes a trained model in a form that others read.",
    footer = {
      "",
      "safetensors: under the names of PyTorch's state dictionary of the published code.",
      "dl4j:        a ComputationGraph of Deeplearning4j, as its ModelSerializer writes it.",
      "onnx:        opset 13, input images, output logits, any number of images.",
      "All read normalised images [images, channels, rows, columns] and give logits."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelArgument model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "safetensors, dl4j or onnx.")
  private String to = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File to write; one that is there is replaced.")
  private String out = "";

  @Override
  public Integer call() throws IOException {
    ModelFormat format = ModelFormat.parse(to);
    Path file = Paths.of("--out", out);
    WholeFile.check(file);
    Model read = model.read();
    format.write(read, file);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "%,d parameters, images of %s, %d classes: written to %s%n",
            Cost.of(read.graph()).parameters(),
            read.macro().image(),
            read.macro().classes(),
            file);
    return ExitCode.DONE;
  }
}
