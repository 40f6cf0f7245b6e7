package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Published genotypes by name, and whatever else a user may write where a genotype is wanted.
 *
 * <p>The names are the lines of two resources: {@code genotypes.json} has one cell pair a line in
 * the JSON form of {@link Genotype}, with {@code name}, {@code paper}, {@code space} and {@code
 * source} before it; {@code other-genotypes.json} has what was published in other forms.
 */
public final class Genotypes {
  /** What a run folder calls the genotype that it found. */
  public static final String FILE_NAME = "genotype.txt";

  private static final int NEAREST = 3;

  /** Folders down to a run: {@code final/darts-v1/seed-0}. */
  private static final int DEEPEST = 3;

  private Genotypes() {}

  /**
   * The names of the published genotypes with two edges a node, all of which fit, in the order of
   * the resource.
   */
  public static ImmutableSet<String> names() {
    return Published.TWO_EDGES.byName().keySet();
  }

  /**
   * All published genotypes: those of {@link #names()}, then the edge lists and those that do not
   * fit.
   */
  public static ImmutableList<PublishedGenotype> published() {
    return Stream.of(Published.TWO_EDGES, Published.OTHERS)
        .flatMap(lines -> lines.byName().values().stream())
        .map(PublishedGenotype::parse)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the published genotype of a name, whatever its capitals, fitting or not. */
  public static Optional<PublishedGenotype> find(String name) {
    String line = Published.TWO_EDGES.find(name);
    return Optional.ofNullable(line == null ? Published.OTHERS.find(name) : line)
        .map(PublishedGenotype::parse);
  }

  /**
   * Returns a published genotype; capitals do not count.
   *
   * @throws GenotypeException naming the nearest known names, if there is none of this name; or why
   *     the one of this name does not fit
   */
  public static Genotype named(String name) {
    return find(name).orElseThrow(() -> new GenotypeException(unknown(name))).genotype();
  }

  /**
   * Returns the genotype that the text stands for: a published name (before a file of that name), a
   * file that holds a genotype, a run folder with {@value #FILE_NAME}, or a genotype written out.
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
    Optional<PublishedGenotype> published = find(wanted);
    if (published.isPresent()) {
      return published.get().genotype();
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
        + String.join(", ", Nearest.to(name, known(), NEAREST));
  }

  private static ImmutableSet<String> known() {
    return Stream.of(Published.TWO_EDGES, Published.OTHERS)
        .flatMap(lines -> lines.byName().keySet().stream())
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns the genotype that a file holds, or {@value #FILE_NAME} of a folder, whatever published
   * genotype has the same name.
   *
   * @throws GenotypeException if there is none, or it is malformed
   */
  public static Genotype read(Path fileOrFolder) {
    return read(fileOrFolder, Primitive.names());
  }

  private static Genotype read(Path given, ImmutableSet<String> operations) {
    Path file = Files.isDirectory(given) ? given.resolve(FILE_NAME) : given;
    if (!Files.isRegularFile(file)) { // a device or a pipe would be read for ever
      throw new GenotypeException(
          Files.isDirectory(given)
              ? "folder " + given + " holds no " + FILE_NAME + within(given)
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

  /**
   * Names folders below a folder that do hold a genotype, as deep as those of a reproduction lie:
   * what was meant may be one of them.
   */
  private static String within(Path folder) {
    try (Stream<Path> folders =
        Files.find(
            folder,
            DEEPEST,
            (entry, is) -> is.isDirectory() && Files.isRegularFile(entry.resolve(FILE_NAME)))) {
      ImmutableList<String> found =
          folders.map(Path::toString).sorted().collect(ImmutableList.toImmutableList());
      if (found.isEmpty()) {
        return ", nor does a folder in it";
      }
      int more = found.size() - NEAREST;
      return "; folders in it that do: "
          + found.stream().limit(NEAREST).collect(Collectors.joining(", "))
          + (more > 0 ? " and " + more + " more" : "");
    } catch (IOException | UncheckedIOException e) {
      return "";
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

  /** Read at first use. */
  private static final class Published {
    static final PublishedLines TWO_EDGES = PublishedLines.read("genotypes.json");
    static final PublishedLines OTHERS = PublishedLines.read("other-genotypes.json");
  }
}
