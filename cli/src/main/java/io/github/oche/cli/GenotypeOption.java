package io.github.oche.cli;

import io.github.oche.evaluation.tabular.NasBench201Cell;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import io.github.oche.space.PublishedGenotype;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which network: the option of {@code cost} and {@code evaluate}. */
final class GenotypeOption {
  @Option(
      names = "--genotype",
      required = true,
      paramLabel = "NAME|FILE|TEXT",
      description =
          "A published name (`oche genotypes` lists them), a file or run folder that holds a"
              + " genotype, or the genotype itself.")
  private String genotype = "";

  /**
   * Returns the genotype that was named.
   *
   * @throws IllegalArgumentException if there is none
   */
  Genotype resolve() {
    return Genotypes.resolve(genotype);
  }

  /** Returns the cell of NAS-Bench-201 that was written out, if it is one. */
  Optional<NasBench201Cell> nasBench201() {
    return genotype.strip().startsWith("|")
        ? Optional.of(NasBench201Cell.parse(genotype.strip()))
        : Optional.empty();
  }

  /** Returns the published genotype that was named, whether it fits or not, if one was. */
  Optional<PublishedGenotype> published() {
    return Genotypes.find(genotype.strip());
  }
}
