package io.github.oche.cli;

import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import picocli.CommandLine.Option;

/** Which network: the option of {@code cost} and {@code evaluate}. */
final class GenotypeOption {
  @Option(
      names = "--genotype",
      required = true,
      paramLabel = "NAME|FILE|TEXT",
      description =
          "A published name such as DARTS_V2, a file or run folder that holds a genotype, or the"
              + " genotype itself.")
  private String genotype = "";

  /**
   * Returns the genotype that was named.
   *
   * @throws IllegalArgumentException if there is none
   */
  Genotype resolve() {
    return Genotypes.resolve(genotype);
  }
}
