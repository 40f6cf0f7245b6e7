package io.github.oche.cli;

import io.github.oche.evaluation.model.Model;
import io.github.oche.space.Genotypes;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which trained model: what {@code export} and {@code score} begin with. */
final class ModelArgument {
  @Parameters(
      index = "0",
      paramLabel = "RUN|FILE",
      description = "Run folder of a training, or a model (.safetensors).")
  private String model = "";

  @Option(
      names = "--genotype",
      paramLabel = "NAME|FILE|TEXT",
      description = "Genotype of a file that does not say it, such as one from PyTorch.")
  private @Nullable String genotype;

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is none, or its weights are of another network
   */
  Model read() throws IOException {
    Path path = Paths.leftBy(Paths.of("the model", model), Model.FILE_NAME, "a training leaves");
    return genotype == null ? Model.read(path) : Model.read(path, Genotypes.resolve(genotype));
  }
}
