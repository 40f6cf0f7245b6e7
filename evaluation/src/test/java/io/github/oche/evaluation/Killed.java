package io.github.oche.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A JVM that is killed with no chance to clean up. */
public final class Killed {
  private Killed() {}

  /**
   * Runs a program until a file or folder is there, and kills it then.
   *
   * @param program whose only argument is {@code folder}
   * @param moment what it waits for
   * @param output what the program prints goes there
   */
  public static void when(Path moment, Class<?> program, Path folder, Path output)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    while (!Files.exists(moment)) {
      assertThat(process.isAlive()).as("see %s", output).isTrue();
      Thread.sleep(1);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }
}
