package io.github.oche.engine.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a JVM chooses, tried in JVMs of their own: the choice is made once. */
class ProvidersTest {
  private static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

  @Test
  void anyWidthAndNoVectorsGiveTheSameBits() throws Exception {
    Set<String> sums = new HashSet<>();
    for (String lanes : List.of("4", "8", "16")) {
      String line = last(run(VECTOR_API, "-Doche.lanes=" + lanes));
      assertThat(line).startsWith("vector, " + lanes + " lanes (" + 32 * Integer.parseInt(lanes));
      sums.add(line.substring(line.indexOf(':')));
    }
    String plain = last(run(VECTOR_API, "-Doche.kernels=plain", "-Doche.lanes=16"));
    assertThat(plain).startsWith("plain, 16 lanes");
    sums.add(plain.substring(plain.indexOf(':')));
    assertThat(sums).hasSize(1);
  }

  @Test
  void withoutTheModuleTheWarningNamesTheFlagAndPlainKernelsRun() throws Exception {
    List<String> lines = run(List.of());
    assertThat(last(lines)).startsWith("plain, 8 lanes");
    assertThat(String.join("\n", lines))
        .containsOnlyOnce(
            "the Vector API is missing (start Java with --add-modules jdk.incubator.vector)");
  }

  @Test
  void withoutTheOptimisingCompilerPlainKernelsRun() throws Exception {
    assertThat(String.join("\n", run(VECTOR_API, "-XX:TieredStopAtLevel=1")))
        .contains("the optimising compiler C2 is off (start Java without -XX:TieredStopAtLevel)")
        .contains("plain, 8 lanes");
  }

  /**
   * A method that C1 gives up on may never reach C2: it runs some hundred times slower for as long
   * as the program does.
   */
  @Test
  void noTileIsTooMuchForTheFirstCompiler() throws Exception {
    List<String> tiles =
        run(
                VECTOR_API,
                "-XX:TieredStopAtLevel=3",
                "-XX:+PrintCompilation",
                "-XX:Tier3InvocationThreshold=10",
                "-XX:Tier3MinInvocationThreshold=5",
                "-XX:Tier3CompileThreshold=20",
                "-XX:Tier3BackEdgeThreshold=60")
            .stream()
            .filter(line -> line.contains("Tiles::"))
            .toList();
    assertThat(tiles).hasSizeGreaterThan(40);
    assertThat(tiles).anyMatch(line -> line.contains("%")); // entered in the middle of a loop
    assertThat(tiles).noneMatch(line -> line.contains("COMPILE SKIPPED: out of"));
  }

  @Test
  void withoutFusedMultiplyAddALineRefuses() throws Exception {
    assertThat(String.join("\n", run(VECTOR_API, "-XX:-UseFMA")))
        .contains("no fused multiply-add, so Math.fma takes microseconds");
  }

  @Test
  void unknownSettingsAreRefused() {
    assertThatThrownBy(() -> Providers.forcedLanes("12"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the system property oche.lanes is \"12\", expected 4, 8 or 16");
    assertThatThrownBy(() -> Providers.forcedPlain("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the system property oche.kernels is \"fast\", expected plain or vector");
  }

  private static String last(List<String> lines) {
    return lines.get(lines.size() - 1);
  }

  private static List<String> run(List<String> module, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(module);
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(KernelChecksum.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    process.waitFor();
    return lines;
  }
}
