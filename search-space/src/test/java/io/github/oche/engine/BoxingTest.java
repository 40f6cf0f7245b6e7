package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Compiled kernels keep vectors in registers, in any JVM and whatever else it has compiled. */
@Tag("slow")
class BoxingTest {
  private static final Pattern LINE = Pattern.compile("([a-z ]+): (\\d+)");

  @RepeatedTest(3)
  void aFreshJvmAllocatesNextToNothingAStep() throws IOException, InterruptedException {
    assertThat(bytes().values()).hasSize(4).allMatch(b -> b <= StepAllocation.ENOUGH);
  }

  @Test
  void vectorsOfOtherLengthsInTheProgramDoNotMatter() throws IOException, InterruptedException {
    assertThat(bytes("other").values()).hasSize(4).allMatch(b -> b <= StepAllocation.ENOUGH);
  }

  /** Bytes a step by its kind, in a JVM without the launcher's flags. */
  private static Map<String, Long> bytes(String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx2g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StepAllocation.class.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
    Map<String, Long> bytes = new LinkedHashMap<>();
    output
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(m -> bytes.put(m.group(1), Long.valueOf(m.group(2))));
    return bytes;
  }
}
