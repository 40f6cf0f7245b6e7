package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the README shows works as it stands there. */
class ReadmeTest {
  private static final String IMPORTS =
      """
      import io.github.oche.darts.*;
      import io.github.oche.data.*;
      import io.github.oche.engine.*;
      import io.github.oche.evaluation.*;
      import io.github.oche.space.*;
      """;

  private static final String BILEVEL_IMPORTS =
      """
      import io.github.oche.bilevel.*;
      import io.github.oche.bilevel.linear.*;
      import io.github.oche.bilevel.problems.*;
      import org.nd4j.linalg.factory.Nd4j;
      import org.nd4j.linalg.learning.config.Sgd;
      """;

  @Test
  void theSearchExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    String printed = example(0, IMPORTS, folder);
    assertThat(printed).contains("Genotype(normal=[").contains("% of the test images are wrong");
    assertThat(printed).contains("528359040");
  }

  @Test
  void theBilevelExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    assertThat(example(1, BILEVEL_IMPORTS, folder)).startsWith("x = -0.826");
  }

  /** Compiles and runs one of the README's blocks of Java; returns what it prints. */
  private static String example(int index, String imports, Path folder) throws Exception {
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
    for (int i = 0; i <= index; i++) {
      assertThat(block.find()).isTrue();
    }
    Path source = folder.resolve("Readme.java");
    Files.writeString(
        source,
        imports
            + "public class Readme {\n  public static void main(String[] args) {\n"
            + block.group(1)
            + "  }\n}\n");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int status =
        compiler.run(
            null,
            messages,
            messages,
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            source.toString());
    assertThat(status).as(messages.toString(UTF_8)).isZero();
    return printedBy(folder);
  }

  private static String printedBy(Path classes) throws Exception {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      loader
          .loadClass("Readme")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(out);
    }
    return printed.toString(UTF_8);
  }

  @Test
  void everyCommandHasTheOptionsThatItShows() throws Exception {
    ImmutableList<String> commands = commands();
    assertThat(commands).hasSizeGreaterThan(8);
    for (String command : commands) {
      new CommandLine(new Oche()).parseArgs(command.split(" +"));
    }
  }

  @Test
  void costsAreTheOnesOfTheReleasedCode() throws Exception {
    for (String command : commands()) {
      if (command.startsWith("cost ")) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Oche.run(new PrintWriter(out), new PrintWriter(err), command.split(" +"));
        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).contains("parameters");
      }
    }
  }

  /** All commands in the README, without {@code ./oche} and what is said of them. */
  private static ImmutableList<String> commands() throws Exception {
    ImmutableList.Builder<String> commands = ImmutableList.builder();
    Matcher matcher = Pattern.compile("\\./oche ([a-z][^`|\\n]*)").matcher(readme());
    while (matcher.find()) {
      commands.add(matcher.group(1).replaceFirst(" {2,}.*", "").strip());
    }
    return commands.build();
  }

  private static String readme() throws Exception {
    return Files.readString(Path.of("..", "README.md"));
  }
}
