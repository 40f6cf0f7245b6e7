package io.github.oche.darts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableMap;
import io.github.oche.engine.FormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a run. Each file is written under a temporary name, forced to the disk and renamed,
 * so that it is there as a whole or not at all. Nothing is created before the first file is
 * written.
 */
public final class RunFolder {
  /** The file that says what is done in the folder; it comes first. */
  public static final String RUN = "run.json";

  private static final String TEMPORARY = ".tmp";

  private final Path path;

  private RunFolder(Path path) {
    this.path = path;
  }

  /**
   * A new run's folder.
   *
   * @param path does not exist, or is a folder that is empty but for scraps of a killed process
   * @return the folder, not yet created
   * @throws IllegalArgumentException if it cannot be one
   */
  public static RunFolder at(Path path) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isDirectory(path)) {
        throw new IllegalArgumentException(
            "output folder " + path + " exists and is no folder; choose another");
      }
      if (!isEmpty(path)) {
        throw new IllegalArgumentException(
            "output folder " + path + " is not empty; choose another");
      }
      requireWritable(path, path);
    } else {
      Path above = path.toAbsolutePath().normalize();
      while (above != null && !Files.exists(above)) {
        above = above.getParent();
      }
      if (above != null) {
        if (!Files.isDirectory(above)) {
          throw new IllegalArgumentException(
              "output folder " + path + " cannot be made: " + above + " is no folder");
        }
        requireWritable(path, above);
      }
    }
    return new RunFolder(path);
  }

  /**
   * The folder of a run that may have begun there before.
   *
   * @param path does not exist, is an empty folder, or one whose {@value #RUN} says the same
   * @param identity all that decides what the run comes to; {@value #RUN} holds it, and more
   * @return the folder, created or not
   * @throws IllegalArgumentException if there is something else, naming the first setting that
   *     differs
   */
  public static RunFolder of(Path path, Map<String, ?> identity) {
    Optional<ImmutableMap<String, Object>> run =
        Files.isDirectory(path) ? existing(path).readJson(RUN) : Optional.empty();
    if (run.isEmpty()) {
      return at(path);
    }
    Flat.difference(Flat.of(run.get()), Flat.of(identity))
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "output folder "
                      + path
                      + " is a run of other settings: "
                      + difference
                      + "; choose another");
            });
    requireWritable(path, path);
    return existing(path);
  }

  /**
   * The folder of a run that is there already, to add files to.
   *
   * @param path a folder
   * @return the folder
   * @throws IllegalArgumentException if there is none
   */
  public static RunFolder existing(Path path) {
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException("there is no run folder " + path);
    }
    return new RunFolder(path);
  }

  /**
   * A new run's folder with the next free number for a name.
   *
   * @param parent of numbered folders; need not exist
   * @return {@code parent/N}, N one more than the largest there is, from 1; not yet created
   * @throws IllegalArgumentException if it cannot be made
   */
  public static RunFolder next(Path parent) {
    long largest = 0;
    if (Files.isDirectory(parent)) {
      try (Stream<Path> entries = Files.list(parent)) {
        largest =
            entries
                .map(entry -> entry.getFileName().toString())
                .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return at(parent.resolve(Long.toString(largest + 1)));
  }

  /** Files that were being written when a process was killed do not count. */
  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(entry -> entry.toString().endsWith(TEMPORARY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireWritable(Path path, Path existing) {
    if (!Files.isWritable(existing)) {
      throw new IllegalArgumentException("output folder " + path + " is not writable");
    }
  }

  /** {@return where it is} */
  public Path path() {
    return path;
  }

  /**
   * Writes a file, in place of one of that name.
   *
   * @param name of the file
   * @param text its content
   * @throws UncheckedIOException if it cannot be written; one of that name is then as it was
   */
  public void write(String name, String text) {
    Path file = path.resolve(name);
    Path temporary = path.resolve(name + TEMPORARY);
    try {
      Files.createDirectories(path);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a file, if it is there.
   *
   * @param name of the file
   * @throws UncheckedIOException if it cannot be removed
   */
  public void remove(String name) {
    try {
      Files.deleteIfExists(path.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a JSON file.
   *
   * @param name of the file
   * @param tree maps, lists, strings, numbers, booleans; others as their text
   * @throws UncheckedIOException if it cannot be written
   */
  public void writeJson(String name, Map<String, ?> tree) {
    write(name, json(tree));
  }

  /**
   * JSON as {@link #writeJson} writes it: equal trees give equal texts.
   *
   * @param tree maps, lists, strings, numbers, booleans; others as their text
   * @return the text, with a line feed at its end
   */
  public static String json(Map<String, ?> tree) {
    return JsonTree.text(tree);
  }

  /**
   * Reads a JSON file.
   *
   * @param name of the file
   * @return maps, lists, strings, longs, doubles and booleans; empty if there is no such file
   * @throws IllegalArgumentException if it is no JSON object
   * @throws UncheckedIOException if it cannot be read
   */
  public Optional<ImmutableMap<String, Object>> readJson(String name) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      String text = text(file);
      try {
        return Optional.of(JsonTree.parse(text));
      } catch (IOException e) {
        throw new IllegalArgumentException(file + " is no JSON that Oche wrote", e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text file that Oche wrote.
   *
   * @throws FormatException naming the file, if it is not UTF-8
   * @throws IOException if reading fails
   */
  public static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new FormatException(file + " is damaged: it is not UTF-8 text");
    }
  }
}
