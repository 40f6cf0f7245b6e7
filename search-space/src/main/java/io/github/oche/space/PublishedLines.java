package io.github.oche.space;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a resource of published genotypes, one an entry, by name. An entry is parsed when it
 * is asked for, so that one name costs one line.
 */
final class PublishedLines {
  private static final Pattern NAME = Pattern.compile("\\{\"name\": \"([^\"\\\\]+)\"");

  private final ImmutableMap<String, String> lines;
  private final ImmutableMap<String, String> byLowerCase;

  private PublishedLines(
      ImmutableMap<String, String> lines, ImmutableMap<String, String> byLowerCase) {
    this.lines = lines;
    this.byLowerCase = byLowerCase;
  }

  /** Reads a resource beside this class; two names that differ in capitals only are a fault. */
  static PublishedLines read(String resource) {
    ImmutableMap.Builder<String, String> lines = ImmutableMap.builder();
    ImmutableMap.Builder<String, String> byLowerCase = ImmutableMap.builder();
    try (InputStream in =
            Objects.requireNonNull(PublishedLines.class.getResourceAsStream(resource), resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Matcher name = NAME.matcher(line);
        if (name.lookingAt()) {
          String entry = line.substring(0, line.lastIndexOf('}') + 1);
          lines.put(name.group(1), entry);
          byLowerCase.put(Ascii.toLowerCase(name.group(1)), entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PublishedLines(lines.buildOrThrow(), byLowerCase.buildOrThrow());
  }

  ImmutableMap<String, String> byName() {
    return lines;
  }

  /** Returns the entry of a name, whatever its capitals, or null. */
  @Nullable String find(String name) {
    return byLowerCase.get(Ascii.toLowerCase(name));
  }
}
