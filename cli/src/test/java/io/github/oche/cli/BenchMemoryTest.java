package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says beforehand is what the system counts afterwards. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class BenchMemoryTest {
  @ParameterizedTest
  @CsvSource({"8,5,32,--steps=weights", "16,8,32,--training"})
  void thePeakIsForetoldWithinATenth(int channels, int cells, int batch, String what)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmn16m", "-XX:ObjectAlignmentInBytes=64"));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx2g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Oche.class.getName()));
    command.addAll(List.of("bench", what, "--repeats=1", "--channels=" + channels));
    command.addAll(List.of("--cells=" + cells, "--batch=" + batch, "--threads=2"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(megabytes(output, "expected-rss-mb "))
        .as(output)
        .isCloseTo(megabytes(output, "peak-rss-mb "), withinPercentage(10));
  }

  private static long megabytes(String output, String name) {
    return output
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}
