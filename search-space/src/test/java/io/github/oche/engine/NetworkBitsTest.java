package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same input gives the same bits, whatever runs it and whatever ran before. */
class NetworkBitsTest {
  static Stream<GraphCase> some() {
    return Stream.concat(
        GraphCases.all().stream()
            .filter(
                c ->
                    c.name().startsWith("mixed operation")
                        || c.name().startsWith("residual")
                        || c.name().startsWith("auxiliary")
                        || c.name().startsWith("drop path in a")
                        || c.name().startsWith("parts read")
                        || c.name().startsWith("a padded copy")),
        LongStream.range(0, 12).mapToObj(RandomGraphs::of));
  }

  private static Map<String, double[]> run(GraphCase c, int batch, Inputs in, int threads) {
    return Passes.run(Plan.of(c.graph(), batch, Plan.Purpose.SECOND_ORDER), in, threads);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void anyNumberOfThreadsGivesTheSameBits(GraphCase c) {
    Map<String, double[]> one = run(c, c.batch(), c.inputs(), 1);
    assertThat(run(c, c.batch(), c.inputs(), 2)).containsExactlyEntriesOf(one);
    assertThat(run(c, c.batch(), c.inputs(), 3)).containsExactlyEntriesOf(one);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void aShortBatchIsThatOfASmallerPlan(GraphCase c) {
    int most = c.batch() + 3;
    Inputs full = Inputs.of(c.graph(), most, c.seed());
    Inputs few = full.first(c.batch(), c.graph());
    Map<String, double[]> expected = run(c, c.batch(), few, 1);
    try (Workers workers = new Workers(1)) {
      Network net = new Network(Plan.of(c.graph(), most, Plan.Purpose.SECOND_ORDER), workers);
      Map<String, double[]> before = Passes.run(net, Plan.Purpose.SECOND_ORDER, full);
      assertThat(Passes.run(net, Plan.Purpose.SECOND_ORDER, few))
          .containsExactlyEntriesOf(expected);
      assertThat(Passes.run(net, Plan.Purpose.SECOND_ORDER, full)).containsExactlyEntriesOf(before);
    }
  }

  /** Numbers that are not finite fill all memory, and leave nothing behind. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void whatRanBeforeDoesNotMatter(GraphCase c) {
    Inputs in = c.inputs();
    Map<String, double[]> expected = run(c, c.batch(), in, 1);
    float[] nan = in.images().clone();
    Arrays.fill(nan, Float.NaN);
    try (Workers workers = new Workers(1)) {
      Network net = new Network(Plan.of(c.graph(), c.batch(), Plan.Purpose.SECOND_ORDER), workers);
      net.load(nan, in.labels(), in.count());
      for (Wanted wanted : Wanted.values()) {
        net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
        net.backward(wanted);
        net.forward(in.w(), in.mixing(), Network.Mode.TRAINING);
        net.along(in.dw(), in.dmixing(), wanted);
      }
      assertThat(Passes.run(net, Plan.Purpose.SECOND_ORDER, in)).containsExactlyEntriesOf(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void aPlanForLessGivesTheSameBits(GraphCase c) {
    Map<String, double[]> most = run(c, c.batch(), c.inputs(), 1);
    for (Plan.Purpose purpose : Plan.Purpose.values()) {
      Map<String, double[]> less =
          Passes.run(Plan.of(c.graph(), c.batch(), purpose), c.inputs(), 1);
      Map<String, double[]> expected = new LinkedHashMap<>(most);
      expected.keySet().retainAll(less.keySet());
      assertThat(less).containsExactlyEntriesOf(expected);
    }
  }

  /** Every width, with and without the Vector API, hot and cold, on 1 to 3 threads. */
  @Test
  void anyJvmGivesTheSameBits() throws IOException, InterruptedException {
    List<List<String>> jvms =
        ImmutableList.of(
            ImmutableList.of("2", "12"),
            ImmutableList.of("3", "2", "-Doche.lanes=4"),
            ImmutableList.of("1", "2", "-Doche.lanes=8", "-XX:UseAVX=2"),
            ImmutableList.of("2", "2", "-Doche.lanes=16", "-XX:-TieredCompilation"),
            ImmutableList.of("1", "2", "-Doche.kernels=plain", "-Doche.lanes=4"),
            ImmutableList.of("3", "2", "-Doche.kernels=plain", "-Doche.lanes=16"),
            ImmutableList.of("1", "1", "-Xint"),
            ImmutableList.of("2", "3", "-XX:TieredStopAtLevel=1"));
    List<String> digests = new ArrayList<>();
    for (int i = 0; i < jvms.size(); i += 2) {
      Process one = start(jvms.get(i));
      Process two = start(jvms.get(i + 1));
      digests.add(digest(one));
      digests.add(digest(two));
    }
    assertThat(digests).hasSize(jvms.size()).containsOnly(digests.get(0));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(
        List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--add-modules=jdk.incubator.vector"));
    command.addAll(arguments.subList(2, arguments.size()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), StepDigest.class.getName()));
    command.addAll(arguments.subList(0, 2));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String digest(Process process) throws IOException, InterruptedException {
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    String digest = output.substring(output.lastIndexOf(' ') + 1);
    assertThat(digest).as(output).matches("[0-9a-f]{64}");
    return digest;
  }
}
