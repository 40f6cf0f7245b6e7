package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A Python that has PyTorch, and the scripts that it runs: those beside this class, and others. */
public final class TorchPeer {
  /** Times the steps of a search; to be imported for the supernet and its steps. */
  public static final String SEARCH = "torch_darts.py";

  /** Times a step of training a derived network; to be imported for the network and its step. */
  public static final String TRAINING = "torch_training.py";

  private static final String VERSION = "torch_version.py";
  private static final String NO_TORCH = "No module named 'torch'";

  private final String option;
  private final String python;
  private final String version;

  /**
   * Asks for the version.
   *
   * @param option that names it, for messages: {@code --against}
   * @param python a program, as a path or to be found on the {@code PATH}
   * @throws IllegalArgumentException if it cannot be run or has no PyTorch
   */
  public TorchPeer(String option, String python) {
    this.option = option;
    this.python = python;
    version = String.join(" ", run(script(VERSION), ImmutableList.of(), ImmutableList.of()));
  }

  /** PyTorch's version, what multiplies its matrices, and Python's version. */
  public String version() {
    return version;
  }

  /** One of the scripts beside this class. */
  public static URL script(String name) {
    return Objects.requireNonNull(TorchPeer.class.getResource(name), name);
  }

  /**
   * Runs a script to its end.
   *
   * @param beside scripts that it imports
   * @return what it printed, line by line
   * @throws IllegalArgumentException if it cannot be run or fails; what it last said is in the
   *     message
   */
  public ImmutableList<String> run(URL script, List<URL> beside, List<String> arguments) {
    try {
      Path folder = Files.createTempDirectory("oche-bench");
      Thread cleaning = new Thread(() -> delete(folder));
      Runtime.getRuntime().addShutdownHook(cleaning);
      try {
        for (URL imported : beside) {
          extract(imported, folder);
        }
        return run(extract(script, folder), folder.resolve("errors"), arguments);
      } finally {
        delete(folder);
        forget(cleaning);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path extract(URL script, Path folder) throws IOException {
    String path = script.getPath();
    Path file = folder.resolve(path.substring(path.lastIndexOf('/') + 1));
    try (InputStream in = script.openStream()) {
      Files.copy(in, file);
    }
    return file;
  }

  private ImmutableList<String> run(Path script, Path errors, List<String> arguments)
      throws IOException {
    Process process = start(script, errors, arguments);
    Thread ending = new Thread(process::destroyForcibly); // it would go on without us
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.onExit().join().exitValue();
      if (code != 0) {
        throw failure(script, code, Files.readAllBytes(errors));
      }
      return printed.lines().collect(ImmutableList.toImmutableList());
    } finally {
      process.destroyForcibly();
      forget(ending);
    }
  }

  private Process start(Path script, Path errors, List<String> arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
                ImmutableList.<String>builder()
                    .add(python, script.toString())
                    .addAll(arguments)
                    .build())
            .redirectError(errors.toFile());
    // Our launcher sets it for our sake: PyTorch is to have its own default.
    builder.environment().remove("OMP_WAIT_POLICY");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option
              + " is \""
              + python
              + "\", which "
              + fault()
              + "; expected a Python 3 with PyTorch, such as /usr/bin/python3",
          e);
    }
  }

  /** Why it cannot be started: an exception says it in another way on each system. */
  private String fault() {
    File file = new File(python);
    if (file.isDirectory()) {
      return "is a folder";
    }
    if (!file.exists()) {
      return "is not there";
    }
    return file.canExecute() ? "cannot be run" : "is not executable";
  }

  private IllegalArgumentException failure(Path script, int code, byte[] errors) {
    String last =
        new String(errors, UTF_8).lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
    if (last.contains(NO_TORCH)) {
      return new IllegalArgumentException(
          option
              + " is \""
              + python
              + "\", which has no PyTorch; install it with `apt-get install python3-torch"
              + " libopenblas0-pthread` (Debian) or name another Python");
    }
    return new IllegalArgumentException(
        python
            + " failed on "
            + script.getFileName()
            + " with exit code "
            + code
            + (last.isEmpty() ? "" : ": " + last));
  }

  private static void delete(Path folder) {
    try {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    } catch (IOException e) {
      // Already deleted, or left to whoever cleans temporary files.
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and runs it.
    }
  }
}
