package io.github.oche.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.github.oche.engine.SafeTensors.DataType;
import io.github.oche.engine.SafeTensors.TensorInfo;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and checks the header of a safetensors file; nothing in it is trusted. */
record SafeTensorsHeader(
    ImmutableMap<String, String> metadata, ImmutableSortedMap<String, TensorInfo> tensors) {
  static final String METADATA = "__metadata__";

  /** Axes beyond this are somebody's mistake. */
  private static final int MOST_AXES = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES) // foreign names, read once
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build())
          .build();

  /** Reads the JSON of one header. */
  private static final class Reader {
    private final String file;
    private final JsonParser json;
    private final Map<String, String> metadata = new HashMap<>();
    private final Map<String, TensorInfo> tensors = new HashMap<>();

    Reader(String file, JsonParser json) {
      this.file = file;
      this.json = json;
    }

    void header() throws IOException {
      json.nextToken(); // '{', which the caller has seen
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals(METADATA)) {
          metadata();
        } else {
          tensors.put(name, tensor(name));
        }
      }
      if (json.nextToken() != null) {
        throw fault("text after the header's closing brace");
      }
    }

    private void metadata() throws IOException {
      need(json.currentToken() == JsonToken.START_OBJECT, METADATA, "is not an object");
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        need(
            json.nextToken() == JsonToken.VALUE_STRING,
            METADATA,
            "has a value that is not a string, at " + quote(key));
        metadata.put(key, json.getText());
      }
    }

    private TensorInfo tensor(String name) throws IOException {
      for (int i = 0; i < name.length(); i++) {
        need(name.charAt(i) >= ' ', name, "has a control character in its name");
      }
      need(json.currentToken() == JsonToken.START_OBJECT, name, "is not described by an object");
      @Nullable DataType type = null;
      @Nullable ImmutableList<Integer> shape = null;
      @Nullable ImmutableList<Long> offsets = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "dtype" -> type = type(name);
          case "shape" -> shape = shape(name);
          case "data_offsets" -> offsets = offsets(name);
          default ->
              throw fault(
                  name,
                  "has an unknown field " + quote(field) + ", expected dtype, shape, data_offsets");
        }
      }
      if (type == null || shape == null || offsets == null) {
        throw fault(
            name, "lacks " + (type == null ? "dtype" : shape == null ? "shape" : "data_offsets"));
      }
      long begin = offsets.get(0);
      long end = offsets.get(1);
      need(begin <= end, name, "begins at " + begin + " and ends at " + end);
      long bytes = type.bytes();
      try {
        for (int axis : shape) {
          bytes = Math.multiplyExact(bytes, (long) axis);
        }
      } catch (ArithmeticException e) {
        throw fault(name, "has a shape " + shape + " whose size overflows 64 bits");
      }
      need(
          end - begin == bytes,
          name,
          "has " + (end - begin) + " bytes, but " + type + " " + shape + " takes " + bytes);
      return new TensorInfo(type, shape, begin, end);
    }

    private DataType type(String name) throws IOException {
      need(json.currentToken() == JsonToken.VALUE_STRING, name, "has a dtype that is not a string");
      String wanted = json.getText();
      for (DataType type : DataType.values()) {
        if (type.name().equals(wanted)) {
          return type;
        }
      }
      throw fault(name, "has the unknown type " + quote(wanted));
    }

    private ImmutableList<Integer> shape(String name) throws IOException {
      need(json.currentToken() == JsonToken.START_ARRAY, name, "has a shape that is not a list");
      ImmutableList.Builder<Integer> shape = ImmutableList.builder();
      int axes = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        long axis = natural(name, "shape");
        need(axis <= Integer.MAX_VALUE, name, "has an axis of length " + axis);
        need(++axes <= MOST_AXES, name, "has more than " + MOST_AXES + " axes");
        shape.add((int) axis);
      }
      return shape.build();
    }

    private ImmutableList<Long> offsets(String name) throws IOException {
      need(
          json.currentToken() == JsonToken.START_ARRAY,
          name,
          "has data_offsets that are not a list");
      json.nextToken();
      long begin = natural(name, "data_offsets");
      json.nextToken();
      long end = natural(name, "data_offsets");
      need(json.nextToken() == JsonToken.END_ARRAY, name, "has more than two data_offsets");
      return ImmutableList.of(begin, end);
    }

    private long natural(String name, String field) throws IOException {
      need(
          json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= 18,
          name,
          "has in " + field + " what is not a whole number of at most 18 digits");
      long value = json.getLongValue();
      need(value >= 0, name, "has the negative number " + value + " in " + field);
      return value;
    }

    private void need(boolean holds, String name, String fault) {
      if (!holds) {
        throw fault(name, fault);
      }
    }

    private FormatException fault(String name, String fault) {
      return fault("tensor " + quote(name) + " " + fault);
    }

    private FormatException fault(String fault) {
      return new FormatException(file + ": " + fault);
    }
  }

  /**
   * Reads a header.
   *
   * @param header its bytes
   * @param dataBytes bytes that follow it in the file
   */
  static SafeTensorsHeader parse(String file, byte[] header, long dataBytes) {
    if (header[0] != '{') {
      throw new FormatException(
          file + ": not a safetensors file: its header does not begin with a brace");
    }
    CharBuffer text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(header));
    } catch (CharacterCodingException e) {
      throw new FormatException(file + ": the header is not UTF-8 text");
    }
    try (JsonParser json =
        FACTORY.createParser(new CharArrayReader(text.array(), 0, text.length()))) {
      Reader reader = new Reader(file, json);
      reader.header();
      checkLayout(file, reader.tensors, dataBytes);
      return new SafeTensorsHeader(
          ImmutableMap.copyOf(reader.metadata), ImmutableSortedMap.copyOf(reader.tensors));
    } catch (JsonProcessingException e) {
      long place = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
      throw new FormatException(
          file + ": header, character " + (place + 1) + ": " + oneLine(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array cannot fail to be read
    }
  }

  /** Tensors, sorted by offset, must follow each other and end where the file ends. */
  private static void checkLayout(String file, Map<String, TensorInfo> tensors, long dataBytes) {
    List<Map.Entry<String, TensorInfo>> sorted =
        tensors.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, TensorInfo>>comparingLong(e -> e.getValue().begin())
                    .thenComparingLong(e -> e.getValue().end()))
            .toList();
    long expected = 0;
    for (Map.Entry<String, TensorInfo> entry : sorted) {
      TensorInfo tensor = entry.getValue();
      String name = "tensor " + quote(entry.getKey());
      if (tensor.end() > dataBytes) {
        throw new FormatException(
            String.format(
                "%s: %s ends at byte %d of %d: the file is cut short or damaged",
                file, name, tensor.end(), dataBytes));
      }
      if (tensor.begin() != expected) {
        throw new FormatException(
            String.format(
                "%s: %s begins at byte %d, expected %d: %s",
                file,
                name,
                tensor.begin(),
                expected,
                tensor.begin() < expected ? "it overlaps another" : "there is a gap before it"));
      }
      expected = tensor.end();
    }
    if (expected != dataBytes) {
      throw new FormatException(
          String.format(
              "%s: %d bytes follow the last tensor, which ends at byte %d",
              file, dataBytes - expected, expected));
    }
  }

  /**
   * Returns foreign text between quotes, cut to 100 characters, anything but printable ASCII as
   * {@code U+XXXX}.
   */
  static String quote(String text) {
    return "\"" + printable(text, 100) + "\"";
  }

  private static String printable(String text, int longest) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .limit(longest)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format("U+%04X", c));
              }
            });
    return out.append(text.codePointCount(0, text.length()) > longest ? "..." : "").toString();
  }

  private static String oneLine(String message) {
    return printable(message.lines().findFirst().orElse(""), 200);
  }
}
