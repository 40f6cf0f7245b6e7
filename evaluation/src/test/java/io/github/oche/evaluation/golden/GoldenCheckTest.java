package io.github.oche.evaluation.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Shape;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenCheckTest {
  @TempDir static Path folder;

  private static Path network = Path.of("");
  private static Path supernet = Path.of("");
  private static Path trajectory = Path.of("");

  @BeforeAll
  static void unpack() {
    network = GoldenFiles.unpack(GoldenFiles.NETWORK, folder);
    supernet = GoldenFiles.unpack(GoldenFiles.SUPERNET, folder);
    trajectory = GoldenFiles.unpack(GoldenFiles.TRAJECTORY, folder);
  }

  private static List<Quantity> check(Path file) throws Exception {
    return GoldenCheck.check(file, 2);
  }

  private static List<Quantity> check(Draft draft) throws Exception {
    return check(draft.write(folder.resolve("draft.safetensors")));
  }

  private static void assertAllOk(List<Quantity> quantities) {
    assertThat(quantities)
        .allSatisfy(q -> assertThat(q.verdict()).as(q.toString()).isEqualTo(Verdict.OK));
  }

  private static void assertOff(List<Quantity> quantities, String... names) {
    assertThat(quantities.stream().filter(q -> q.verdict() == Verdict.OFF).map(Quantity::name))
        .containsExactlyInAnyOrder(names);
  }

  @Test
  void aNetworkIsReproduced() throws Exception {
    List<Quantity> quantities = check(network);
    assertAllOk(quantities);
    assertThat(quantities)
        .extracting(Quantity::name)
        .containsExactly(
            "params",
            "params_with_auxiliary",
            "train.logits",
            "train.loss",
            "train.grad.*",
            "train.grad (as one)",
            "buffers.*",
            "eval.logits");
  }

  @Test
  void aSupernetIsReproduced() throws Exception {
    List<Quantity> quantities = check(supernet);
    assertAllOk(quantities);
    assertThat(quantities)
        .extracting(Quantity::name)
        .containsExactly(
            "params",
            "genotype",
            "train.logits",
            "train.loss",
            "train.grad.*",
            "train.grad (as one)",
            "train.grad.alphas_*",
            "valid.logits",
            "valid.loss",
            "valid.grad.alphas_*",
            "second_order.alphas_*",
            "second_order_exact.alphas_*",
            "step1.alphas_*",
            "step1.grad_norm",
            "step1.weights.*");
  }

  @Test
  void searchesAreReproduced() throws Exception {
    List<Quantity> quantities = check(trajectory);
    assertAllOk(quantities);
    assertThat(quantities)
        .extracting(Quantity::name)
        .contains(
            "trajectory.valid_loss (step 0)",
            "trajectory_order2.train_loss (later steps)",
            "trajectory.alphas",
            "resumed.grad.alphas_*",
            "resumed.weights.*")
        .doesNotHaveDuplicates();
  }

  @Test
  void aNetworkWithAnAuxiliaryHeadIsReproduced() throws Exception {
    assertAllOk(check(GoldenFiles.elsewhere("darts-v2-network-c8-l5.safetensors")));
  }

  @Test
  void anyNumberOfThreadsGivesTheSameErrors() throws Exception {
    assertThat(GoldenCheck.check(network, 1)).isEqualTo(GoldenCheck.check(network, 3));
  }

  // What is damaged is off, and nothing else is.

  @Test
  void damagedForwardQuantitiesOfANetworkAreOff() throws Exception {
    Draft draft = Draft.of(network);
    for (String name :
        List.of("train.logits", "train.loss", "buffers.stem.1.running_var", "eval.logits")) {
      draft.damage(name, 1e-3);
    }
    assertOff(check(draft), "train.logits", "train.loss", "buffers.*", "eval.logits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.grad.stem.0.weight",
        "train.grad.classifier.bias",
        "train.grad.stem.1.bias"
      })
  void aDamagedGradientOfANetworkIsOff(String name) throws Exception {
    List<Quantity> quantities = check(Draft.of(network).damage(name, 0.3));
    Quantity family =
        quantities.stream().filter(q -> q.name().equals("train.grad.*")).findFirst().orElseThrow();
    assertThat(family.verdict()).isEqualTo(Verdict.OFF);
    assertThat("train.grad." + family.worst()).isEqualTo(name);
  }

  @Test
  void aSlightlyDamagedGradientIsATie() throws Exception {
    List<Quantity> quantities = check(Draft.of(network).damage("train.grad.classifier.bias", 0.01));
    assertOff(quantities);
    assertThat(quantities).extracting(Quantity::verdict).contains(Verdict.TIE);
  }

  @Test
  void damagedGradientsOfASupernetAreOff() throws Exception {
    Draft draft = Draft.of(supernet);
    for (String name :
        List.of(
            "train.grad.stem.0.weight",
            "train.grad.alphas_normal",
            "valid.grad.alphas_reduce",
            "second_order.alphas_normal",
            "second_order_exact.alphas_reduce",
            "step1.alphas_normal",
            "step1.grad_norm",
            "step1.weights.classifier.bias")) {
      draft.damage(name, 0.3);
    }
    assertThat(check(draft).stream().filter(q -> q.verdict() == Verdict.OFF).map(Quantity::name))
        .contains(
            "train.grad.*",
            "train.grad.alphas_*",
            "valid.grad.alphas_*",
            "second_order.alphas_*",
            "second_order_exact.alphas_*",
            "step1.alphas_*",
            "step1.grad_norm",
            "step1.weights.*")
        .doesNotContain("train.logits", "train.loss", "valid.logits", "valid.loss", "genotype");
  }

  @Test
  void damagedForwardQuantitiesOfASupernetAreOff() throws Exception {
    Draft draft =
        Draft.of(supernet)
            .damage("train.logits", 1e-3)
            .damage("train.loss", 1e-3)
            .damage("valid.logits", 1e-3)
            .damage("valid.loss", 1e-3)
            .meta("params", 118_743)
            .meta("genotype", Genotypes.named("DARTS_V2"));
    assertOff(
        check(draft),
        "params",
        "genotype",
        "train.logits",
        "train.loss",
        "valid.logits",
        "valid.loss");
  }

  @Test
  void damagedStepsOfASearchAreOff() throws Exception {
    Draft draft =
        Draft.of(trajectory)
            .damage("resumed.grad.alphas_normal", 0.3)
            .damage("resumed.alphas_reduce", 0.3)
            .damage("resumed.weights.classifier.bias", 0.3)
            .damage("resumed.grad_norm", 0.3)
            .damage("trajectory.learning_rate", 1e-3)
            .damage("trajectory.alphas", 0.3); // shown, not judged
    assertOff(
        check(draft),
        "resumed.grad.alphas_*",
        "resumed.alphas_*",
        "resumed.weights.*",
        "resumed.grad_norm",
        "trajectory.learning_rate");
  }

  @Test
  void damagedLossesOfASearchAreOff() throws Exception {
    Draft draft =
        Draft.of(trajectory)
            .damage("resumed.train_loss", 1e-3)
            .damage("resumed.valid_loss", 1e-3)
            .damage("trajectory.train_loss", 1e-3)
            .damage("trajectory_order2.valid_loss", 1e-3)
            .set("trajectory.grad_norm", Float.NaN);
    assertOff(
        check(draft),
        "resumed.train_loss",
        "resumed.valid_loss",
        "trajectory.train_loss (step 0)",
        "trajectory_order2.valid_loss (step 0)",
        "trajectory.grad_norm");
  }

  @Test
  void whatIsNoNumberIsOff() throws Exception {
    Draft draft =
        Draft.of(network)
            .set("train.grad.stem.0.weight", Float.NaN)
            .set("buffers.stem.1.running_mean", Float.POSITIVE_INFINITY)
            .set("eval.logits", Float.NaN);
    assertOff(check(draft), "train.grad.*", "train.grad (as one)", "buffers.*", "eval.logits");
    assertThat(check(Draft.of(network).set("weights.stem.0.weight", Float.NaN)))
        .extracting(Quantity::verdict)
        .contains(Verdict.OFF);
  }

  @Test
  void aSearchThatCannotGoOnIsOff() throws Exception {
    for (Path file : List.of(supernet, trajectory)) {
      assertThat(check(Draft.of(file).set("weights.stem.0.weight", Float.NaN)))
          .filteredOn(q -> q.name().startsWith("train") || q.name().startsWith("traj"))
          .isNotEmpty()
          .extracting(Quantity::verdict)
          .containsOnly(Verdict.OFF);
    }
  }

  @Test
  void aTensorThatNobodyReadsIsOff() throws Exception {
    Draft draft = Draft.of(network).put("extra", new float[] {1, 2}, 2);
    draft.put("train.grad.stem.0.bias", new float[] {1}, 1);
    assertOff(check(draft), "extra", "train.grad.stem.0.bias");
  }

  // Files that are incomplete or make no sense.

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("\"kind\"", d -> d.withoutMeta("kind")),
        fault("kind \"pcdarts\" are not supported yet", d -> d.meta("kind", "pcdarts")),
        fault("\"genotype\"", d -> d.withoutMeta("genotype")),
        fault("NASNet", d -> d.meta("genotype", "NASNut")),
        fault("sep_conv_9x9", d -> d.meta("genotype", "Genotype(normal=[('sep_conv_9x9', 0)])")),
        fault("genotype", d -> d.meta("genotype", "{\"normal\": [[")),
        fault("\"channels\"", d -> d.withoutMeta("channels")),
        fault("\"channels\" is \"many\"", d -> d.meta("channels", "many")),
        fault("\"channels\" is \"2.5\"", d -> d.meta("channels", "2.5")),
        fault("\"channels\" is \"NaN\"", d -> d.meta("channels", "NaN")),
        fault("\"channels\" is \"1e30\"", d -> d.meta("channels", "1e30")),
        fault("channels is 100000", d -> d.meta("channels", 100_000)),
        fault("channels is 0", d -> d.meta("channels", 0)),
        fault("cells is 5000", d -> d.meta("layers", 5000)),
        fault("weights.stem.0.weight", d -> d.meta("channels", 4096).meta("layers", 100)),
        fault("classifier.weight", d -> d.meta("classes", 100_000)),
        fault(
            "more values than an array holds",
            d -> d.meta("classes", 100_000).meta("channels", 4096)),
        fault("classes is 1", d -> d.meta("classes", 1)),
        fault("cells.1.preprocess0", d -> d.meta("layers", 6)),
        fault("\"weights.stem.0.weight\"", d -> d.remove("weights.stem.0.weight")),
        fault("\"images\"", d -> d.remove("images")),
        fault("\"images\"", d -> d.put("images", new float[] {1}, 1)),
        fault("no images", d -> d.put("images", new float[0], 0, 3, 32, 32)),
        fault("no images", d -> d.put("images", new float[0], 3, 3, 0, 32)),
        fault("multiple of 4", d -> d.put("images", new float[3 * 3 * 30 * 32], 3, 3, 30, 32)),
        fault("\"labels\"", d -> d.remove("labels")),
        fault("\"labels\" has shape [2], expected [3]", d -> d.put("labels", new int[2], 2)),
        fault("labels", d -> d.put("labels", new float[3], 3)),
        fault("label 10 of image 0", d -> d.set("labels", 10)),
        fault("label -1 of image 0", d -> d.set("labels", -1)),
        fault("beyond 32 bits", d -> d.set("labels", 1L << 40)),
        fault("\"train.loss\"", d -> d.remove("train.loss")),
        fault("\"eval.logits\" has shape [10, 3]", d -> d.reshape("eval.logits", 10, 3)),
        fault("drop_path.masks.0", d -> d.put("drop_path.masks.1", new float[30], 10, 3)),
        fault("operation", d -> masks(d, 2).meta("drop_path", 0.2)),
        fault("\"drop_path\"", d -> masks(d, 10).withoutMeta("drop_path")),
        fault("\"drop_path\" must", d -> masks(d, 10).meta("drop_path", 1)),
        fault("\"params\" is \"few\"", d -> d.meta("params", "few")),
        fault(
            "\"auxiliary_weight\" is 0",
            d -> d.put("train.logits_aux", new float[30], 3, 10).meta("auxiliary_weight", 0)));
  }

  private static Arguments fault(String message, UnaryOperator<Draft> change) {
    return Arguments.of(message, change);
  }

  private static Draft masks(Draft draft, int operations) {
    for (int cell = 0; cell < 5; cell++) {
      float[] ones = new float[operations * 3];
      java.util.Arrays.fill(ones, 1);
      draft.put("drop_path.masks." + cell, ones, operations, 3);
    }
    return draft;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void whatIsMissingOrMakesNoSenseIsNamed(String message, UnaryOperator<Draft> change) {
    assertRefused(change.apply(Draft.of(network)), message);
  }

  private static void assertRefused(Draft draft, String message) {
    Path file = draft.write(folder.resolve("faulty.safetensors"));
    Throwable thrown = catchThrowable(() -> GoldenCheck.check(file, 1));
    assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
    assertThat(thrown).message().startsWith(file.toString()).contains(message).doesNotContain("\n");
  }

  @Test
  void supernetsAndTrajectoriesThatMakeNoSenseAreRefused() {
    assertRefused(Draft.of(supernet).remove("valid.images"), "\"valid.images\"");
    assertRefused(Draft.of(supernet).put("valid.images", new float[1]), "\"valid.images\"");
    assertRefused(Draft.of(supernet).remove("alphas_normal"), "\"alphas_normal\"");
    assertRefused(Draft.of(supernet).reshape("alphas_normal", 8, 14), "\"alphas_normal\"");
    assertRefused(Draft.of(supernet).meta("eta", 0), "learning rate");
    assertRefused(Draft.of(supernet).withoutMeta("momentum"), "\"momentum\"");
    assertRefused(Draft.of(supernet).meta("genotype", "x"), "genotype");
    assertRefused(Draft.of(trajectory).meta("batch", 0), "\"batch\" is 0");
    assertRefused(Draft.of(trajectory).meta("batch", 100_000), "train_indices");
    assertRefused(Draft.of(trajectory).meta("steps", 0), "\"steps\" is 0");
    assertRefused(Draft.of(trajectory).meta("steps", 100_000), "train_indices");
    assertRefused(Draft.of(trajectory).set("trajectory.train_indices", 64), "uses image 64");
    assertRefused(Draft.of(trajectory).set("trajectory.valid_indices", -1), "uses image -1");
  }

  @Test
  void filesThatAreNoneAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "a text that is long enough");
    for (Path file : List.of(text, folder, folder.resolve("nowhere"))) {
      Throwable thrown = catchThrowable(() -> GoldenCheck.check(file, 1));
      assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
      assertThat(thrown).hasMessageStartingWith(file.toString());
    }
    Path empty = folder.resolve("empty.safetensors");
    SafeTensors.writer().write(empty);
    assertThat(catchThrowable(() -> GoldenCheck.check(empty, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"kind\"");
  }

  // Other sizes, computed by the engine itself.

  private static DartsMacro macro(int side, int channels, int cells, int classes) {
    return DartsMacro.of(new Shape(3, side, side), channels, cells, classes);
  }

  @Test
  void amoebaNetOfOddSizesFromJson() throws Exception {
    Genotype amoeba = Genotypes.named("AmoebaNet");
    DartsMacro macro = DartsMacro.of(new Shape(1, 12, 20), 3, 4, 7);
    Draft draft = EngineGoldens.network(amoeba, amoeba.toJson(), macro, 1, false);
    assertAllOk(check(draft));
    assertAllOk(check(draft.meta("genotype", amoeba.toString())));
    assertThat(check(draft.damage("train.logits", 0.3)))
        .extracting(Quantity::verdict)
        .contains(Verdict.OFF);
  }

  @Test
  void anAuxiliaryHeadIsRecognisedByItsLogits() throws Exception {
    Genotype darts = Genotypes.named("DARTS_V1");
    Draft draft =
        EngineGoldens.network(darts, "DARTS_V1", macro(32, 1, 3, 2).withAuxiliary(0.4), 2, false);
    assertAllOk(check(draft));
    assertAllOk(check(draft.withoutMeta("auxiliary_weight"))); // the published one is 0.4
    assertOff(check(draft.damage("train.logits_aux", 1e-3)), "train.logits_aux");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DARTS_V2", "NASNet"})
  void pathsAreDroppedAsTheMasksSay(String name) throws Exception {
    Draft draft = EngineGoldens.network(Genotypes.named(name), name, macro(8, 2, 4, 5), 3, true);
    assertAllOk(check(draft));
    assertThat(check(draft.set("drop_path.masks.0", 0.5f)))
        .filteredOn(q -> q.name().equals("train.loss") || q.name().equals("buffers.*"))
        .extracting(Quantity::verdict)
        .containsOnly(Verdict.OFF);
  }

  /**
   * Node 4 is neither joined nor read, and no operation reads a cell's older input. The published
   * code runs such parts all the same; here their statistics are computed by hand.
   */
  @Test
  void batchNormsThatNoOutputReadsHaveStatisticsToo() throws Exception {
    String genes =
        "[('skip_connect', 1), ('avg_pool_3x3', 1), ('sep_conv_3x3', 2), ('skip_connect', 2),"
            + " ('dil_conv_3x3', 3), ('skip_connect', 3)]";
    String text =
        String.format(
            "Genotype(normal=%s, normal_concat=[2, 3], reduce=%s, reduce_concat=[3])",
            genes, genes);
    Draft draft = EngineGoldens.network(Genotype.parse(text), text, macro(8, 2, 4, 5), 3, false);
    String idle = "cells.0._ops.4.op.3";
    String input = "cells.0.preprocess0.op.2";
    assertThat(draft.floats("train.grad." + idle + ".weight")).containsOnly(0);
    assertThat(draft.floats("buffers." + idle + ".running_mean")).containsOnly(0); // not run
    assertOff(check(draft), "buffers.*");

    // A pointwise convolution of weight 0 gives zeros: mean 0, variance 0.9 x 1 + 0.1 x 0. Mean and
    // variance of the others are the network's own; cells 1 to 3 are treated alike.
    for (int cell = 0; cell < 4; cell++) {
      for (String part :
          List.of(
              "._ops.4.op.2", ".preprocess0.op.1", ".preprocess0.conv_1", ".preprocess0.conv_2")) {
        draft.fill("weights.cells." + cell + part + ".weight", 0);
      }
      for (String part : List.of("._ops.4.op.3", ".preprocess0.op.2", ".preprocess0.bn")) {
        draft.fill("buffers.cells." + cell + part + ".running_var", 0.9f);
      }
    }
    assertAllOk(check(draft));
    assertAllOk(check(draft.remove("train.grad." + idle + ".weight"))); // no gradient is zero
    draft.fill("buffers." + input + ".running_mean", 1);
    assertOff(check(draft), "buffers.*");
  }

  @Test
  void aSupernetOfOtherSizesAndUnequalBatches() throws Exception {
    assertAllOk(check(EngineGoldens.supernet(new Shape(1, 8, 12), 3, 5, 4, 3, 1)));
  }
}
