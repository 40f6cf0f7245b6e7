package io.github.oche.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenotypesTest {
  @TempDir Path folder;

  @Test
  void theFourCellsOfTheReleasedCodeAreKnownByName() {
    assertThat(Genotypes.names()).contains("NASNet", "AmoebaNet", "DARTS_V1", "DARTS_V2");
    for (String name : Genotypes.names()) {
      assertThat(Genotypes.named(name).normal().nodes()).isBetween(4, 5);
    }
    assertThat(Genotypes.named("DARTS_V2"))
        .hasToString(
            "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), "
                + "('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=range(2, 6), "
                + "reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), "
                + "('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=range(2, 6))");
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearest() {
    assertThatThrownBy(() -> Genotypes.named("darts_v3"))
        .isInstanceOf(GenotypeException.class)
        .hasMessage("unknown genotype \"darts_v3\"; nearest known: DARTS_V1, DARTS_V2, PDARTS");
    assertThatThrownBy(() -> Genotypes.resolve("NASNat"))
        .isInstanceOf(GenotypeException.class)
        .hasMessageContaining(
            "nearest known: NASNet, PNASNet, ENASNet; and there is no file or folder of that name");
  }

  @Test
  void everyPublishedGenotypeSaysWhereItComesFrom() {
    ImmutableList<PublishedGenotype> all = Genotypes.published();
    assertThat(all).hasSize(447);
    assertThat(all.stream().map(g -> g.name().toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(
            g -> {
              assertThat(g.paper()).isNotBlank();
              assertThat(g.source()).matches("github\\.com/[^/@]+/[^/@]+@[0-9a-f]{12}:.+");
              assertThat(Genotypes.find(g.name().toUpperCase(Locale.ROOT))).contains(g);
            });
  }

  @Test
  void allWithTwoEdgesANodeAreGenotypesAndTheRestSaysWhyNot() {
    for (PublishedGenotype g : Genotypes.published()) {
      if (Genotypes.names().contains(g.name())) {
        assertThat(g.genotype()).isEqualTo(Genotypes.named(g.name()));
        assertThat(g.fits() && !g.isEdgeList()).isTrue();
      } else {
        assertThat(g.fits()).isEqualTo(g.isEdgeList());
        assertThatThrownBy(() -> Genotypes.resolve(g.name()))
            .isInstanceOf(GenotypeException.class)
            .hasMessageStartingWith(g.name() + " is ")
            .hasMessageContaining(g.misfit().orElse("any number of edges a node"));
      }
    }
    assertThat(Genotypes.names()).hasSize(410);
  }

  @Test
  void capitalsDoNotCountAndAFileOfAPublishedNameNeedsItsFolder() throws IOException {
    assertThat(Genotypes.named("darts_v2")).isEqualTo(Genotypes.named("DARTS_V2"));
    assertThat(Genotypes.resolve(" pc_darts_CIFAR ")).isEqualTo(Genotypes.named("PC_DARTS_cifar"));
    Path file =
        Files.writeString(folder.resolve("DARTS_V1"), Genotypes.named("DARTS_V2").toString());
    assertThat(Genotypes.resolve(file.toString())).isEqualTo(Genotypes.named("DARTS_V2"));
  }

  @Test
  void namesFilesFoldersAndTextResolve() throws IOException {
    Genotype genotype = Genotypes.named("DARTS_V1");
    Path run = Files.createDirectory(folder.resolve("run (1)"));
    Files.writeString(run.resolve("genotype.txt"), "\uFEFF" + genotype + "\n");
    Path json = Files.writeString(folder.resolve("g.json"), genotype.toJson());
    assertThat(Genotypes.resolve("DARTS_V1")).isEqualTo(genotype);
    assertThat(Genotypes.resolve(run.toString())).isEqualTo(genotype);
    assertThat(Genotypes.resolve(run.resolve("genotype.txt").toString())).isEqualTo(genotype);
    assertThat(Genotypes.resolve(json.toString())).isEqualTo(genotype);
    assertThat(Genotypes.resolve(genotype.toString())).isEqualTo(genotype);
    assertThat(Genotypes.resolve(genotype.toJson())).isEqualTo(genotype);
  }

  @Test
  void whatIsReadIsTheFileWhateverItIsCalled() throws IOException {
    Path run = Files.createDirectory(folder.resolve("DARTS_V1"));
    Files.writeString(run.resolve("genotype.txt"), Genotypes.named("DARTS_V2").toString());
    assertThat(Genotypes.read(run)).isEqualTo(Genotypes.named("DARTS_V2"));
    Path none = Path.of("DARTS_V1"); // a published name, and no file here
    assertThatThrownBy(() -> Genotypes.read(none))
        .hasMessageContaining("DARTS_V1 is not a regular");
  }

  @Test
  void ofAFolderOfRunsTheRunsAreNamed() throws IOException {
    for (String name : new String[] {"b", "a"}) {
      Path run = Files.createDirectories(folder.resolve("runs").resolve(name));
      Files.writeString(run.resolve("genotype.txt"), Genotypes.named("DARTS_V2").toString());
    }
    Files.createDirectories(folder.resolve("runs/none"));
    Path runs = folder.resolve("runs");
    assertRefused(
        runs.toString(),
        "holds no genotype.txt; folders in it that do: "
            + runs.resolve("a")
            + ", "
            + runs.resolve("b"));
  }

  /** As a reproduction leaves them. */
  @Test
  void ofAFolderOfRunsInFoldersTheFirstThreeAreNamed() throws IOException {
    Path runs = folder.resolve("runs");
    for (String name : List.of("search/b-0", "final/a/seed-0", "selection/c", "search/b-1")) {
      Path run = Files.createDirectories(runs.resolve(name));
      Files.writeString(run.resolve("genotype.txt"), Genotypes.named("DARTS_V2").toString());
    }
    assertRefused(
        runs.toString(),
        "holds no genotype.txt; folders in it that do: "
            + runs.resolve("final/a/seed-0")
            + ", "
            + runs.resolve("search/b-0")
            + ", "
            + runs.resolve("search/b-1")
            + " and 1 more");
    Path none = Files.createDirectories(folder.resolve("none/at/all"));
    assertRefused(none.toString(), "holds no genotype.txt, nor does a folder in it");
  }

  @Test
  void filesThatHoldNoGenotypeAreRefusedByName() throws IOException {
    Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'G', (byte) 0xe9});
    Path large = Files.write(folder.resolve("large.txt"), new byte[1 << 17]);
    Path wrong = Files.writeString(folder.resolve("wrong.txt"), "Genotype(normal=[('nope', 0)");
    assertRefused(folder.toString(), "folder " + folder + " holds no genotype.txt");
    assertRefused(latin.toString(), "latin.txt is not UTF-8 text");
    assertRefused(large.toString(), "large.txt has more than the 65536 bytes");
    assertRefused(
        wrong.toString(), "wrong.txt, column 19: unknown operation \"nope\"; nearest known: none");
    assertRefused("", "the genotype is empty");
    assertRefused(" \n", "the genotype is empty");
    assertRefused("a\u0000b", "unknown genotype \"aU+0000b\"");
    assertRefused("x".repeat(100_000), "unknown genotype \"xxx");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> Genotypes.resolve(text))
        .isInstanceOf(GenotypeException.class)
        .hasMessageContaining(message);
  }

  @Test
  void distancesAreThoseOfLevenshtein() {
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("NASNet", "nasnet")).isZero();
  }
}
