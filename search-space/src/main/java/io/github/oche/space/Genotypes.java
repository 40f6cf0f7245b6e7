package io.github.oche.space;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Published genotypes by name, and whatever else a user may write where a genotype is wanted.
 *
 * <p>The names are the lines of the resource {@code genotypes.json}: one cell pair a line in the
 * JSON form of {@link Genotype}, with {@code name}, {@code paper} and {@code source} before it.
 */
public final class Genotypes {
  /** What a run folder calls the genotype that it found. */
  public static final String FILE_NAME = "genotype.txt";

  private static final String RESOURCE = "genotypes.json";
  private static final Pattern NAME = Pattern.compile("\\{\"name\": \"([^\"\\\\]+)\"");

  private Genotypes() {}

  /** The names of the published genotypes, in the order of the resource. */
  public static ImmutableSet<String> names() {
    return Published.LINES.keySet();
  }

  /**
   * Returns a published genotype.
   *
   * @throws GenotypeException naming the nearest known name, if there is none of this name
   */
  public static Genotype named(String name) {
    String line = Published.LINES.get(name);
    if (line == null) {
      throw new GenotypeException(unknown(name));
    }
    return Genotype.parse(RESOURCE + " " + name, line, Primitive.names());
  }

  /**
   * Returns the genotype that the text stands for: a published name, a file that holds a genotype,
   * a run folder with {@value #FILE_NAME}, or a genotype written out.
   *
   * @throws GenotypeException if it is none of these, or the file or text is malformed
   */
  public static Genotype resolve(String nameOrFileOrText) {
    return resolve(nameOrFileOrText, Primitive.names());
  }

  /** The same for a space whose operations have these names. */
  public static Genotype resolve(String nameOrFileOrText, ImmutableSet<String> operations) {
    String wanted = nameOrFileOrText.strip();
    if (wanted.isEmpty()) {
      throw new GenotypeException(
          "the genotype is empty; give a name such as DARTS_V2, a file, a run folder or the text itself");
    }
    if (names().contains(wanted)) {
      return named(wanted);
    }
    Path path = path(wanted);
    if (path != null && Files.exists(path)) {
      return read(path, operations);
    }
    if (wanted.indexOf('(') >= 0 || wanted.startsWith("{")) {
      return Genotype.parse("genotype text", nameOrFileOrText, operations);
    }
    throw new GenotypeException(unknown(wanted) + "; and there is no file or folder of that name");
  }

  private static String unknown(String name) {
    return "unknown genotype "
        + Texts.quote(name)
        + "; nearest known: "
        + Nearest.to(name, names());
  }

  private static Genotype read(Path given, ImmutableSet<String> operations) {
    Path file = Files.isDirectory(given) ? given.resolve(FILE_NAME) : given;
    if (!Files.isRegularFile(file)) { // a device or a pipe would be read for ever
      throw new GenotypeException(
          Files.isDirectory(given)
              ? "folder " + given + " holds no " + FILE_NAME
              : given + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(Genotype.LONGEST + 1);
      if (bytes.length > Genotype.LONGEST) {
        throw new GenotypeException(
            file + " has more than the " + Genotype.LONGEST + " bytes that are read of a genotype");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return Genotype.parse(
          file.toString(), text.startsWith("\uFEFF") ? text.substring(1) : text, operations);
    } catch (CharacterCodingException e) {
      throw new GenotypeException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new GenotypeException(file + " cannot be read: " + e.getMessage());
    }
  }

  /** Returns null if the text cannot be a path. */
  private static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /**
   * The lines of the resource by name, read at first use; a line is parsed when its name is asked
   * for.
   */
  private static final class Published {
    static final ImmutableMap<String, String> LINES = load();

    private static ImmutableMap<String, String> load() {
      ImmutableMap.Builder<String, String> lines = ImmutableMap.builder();
      try (InputStream in =
              Objects.requireNonNull(Genotypes.class.getResourceAsStream(RESOURCE), RESOURCE);
          BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          Matcher name = NAME.matcher(line);
          if (name.lookingAt()) {
            lines.put(
                name.group(1), line.endsWith(",") ? line.substring(0, line.length() - 1) : line);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return lines.buildOrThrow();
    }
  }
}
