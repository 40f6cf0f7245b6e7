package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.ParameterTable;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An open golden file. Remembers which tensors were asked for, so that one which nobody compared
 * can be told. Whatever is missing or has the wrong shape is an {@code IllegalArgumentException}
 * that names it.
 */
final class Golden {
  private static final int MOST = 100_000;

  private final SafeTensors file;
  private final Set<String> read = new HashSet<>();

  Golden(SafeTensors file) {
    this.file = file;
  }

  private Path path() {
    return file.path();
  }

  IllegalArgumentException fault(String message) {
    return new IllegalArgumentException(path() + ": " + message);
  }

  String text(String key) {
    String value = file.metadata().get(key);
    if (value == null) {
      throw fault("the metadata have no \"" + key + "\"");
    }
    return value;
  }

  double number(String key) {
    try {
      double value = Double.parseDouble(text(key));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw fault("metadata \"" + key + "\" is \"" + text(key) + "\", expected a number");
  }

  int whole(String key) {
    double value = number(key);
    if (value != Math.rint(value) || value < 0 || value > MOST) {
      throw fault(
          "metadata \""
              + key
              + "\" is \""
              + text(key)
              + "\", expected a whole number up to "
              + MOST);
    }
    return (int) value;
  }

  int positive(String key) {
    int value = whole(key);
    if (value == 0) {
      throw fault("metadata \"" + key + "\" is 0, expected at least 1");
    }
    return value;
  }

  boolean hasText(String key) {
    return file.metadata().containsKey(key);
  }

  boolean has(String name) {
    return file.tensors().containsKey(name);
  }

  boolean hasAnyOf(String prefix) {
    return file.tensors().keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  ImmutableList<Integer> shape(String name) {
    return file.tensor(name).shape();
  }

  float[] floats(String name, Integer... shape) {
    requireShape(name, ImmutableList.copyOf(shape));
    read.add(name);
    try {
      return file.floats(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  float scalar(String name) {
    return floats(name, 1)[0];
  }

  int[] ints(String name, Integer... shape) {
    requireShape(name, ImmutableList.copyOf(shape));
    read.add(name);
    try {
      return file.ints(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireShape(String name, List<Integer> expected) {
    if (!has(name)) {
      throw fault("there is no tensor \"" + name + "\"");
    }
    if (!shape(name).equals(expected)) {
      throw fault("\"" + name + "\" has shape " + shape(name) + ", expected " + expected);
    }
  }

  /** Images [count, channels, height, width] of a batch: their shape. */
  Shape images(String name) {
    if (!has(name) || shape(name).size() != 4) {
      throw fault("there is no tensor \"" + name + "\" of shape [images, channels, rows, columns]");
    }
    ImmutableList<Integer> s = shape(name);
    if (s.contains(0)) {
      throw fault("\"" + name + "\" has shape " + s + ": no images");
    }
    return new Shape(s.get(1), s.get(2), s.get(3));
  }

  /** The tensors {@code prefix + parameter name}, laid out as the table has them. */
  float[] table(String prefix, ParameterTable table) {
    return table(prefix, table, ImmutableSet.of());
  }

  /** The same; zeros where the file has none of the tensors that may be absent. */
  float[] table(String prefix, ParameterTable table, ImmutableSet<String> mayBeAbsent) {
    // All shapes first: sizes that the metadata claim are believed, and memory taken for them, only
    // where the file has the values.
    long size = 0;
    for (Parameter p : table.all()) {
      size += p.size();
      if (isThere(prefix, p, mayBeAbsent)) {
        requireShape(prefix + p.name(), p.shape().asList());
      }
    }
    if (size != table.size()) {
      throw fault("\"" + prefix + "*\" are " + size + " values, more than an array can hold");
    }
    float[] values = new float[table.size()];
    for (Parameter p : table.all()) {
      if (isThere(prefix, p, mayBeAbsent)) {
        float[] part = floats(prefix + p.name(), p.shape().asList().toArray(new Integer[0]));
        System.arraycopy(part, 0, values, p.offset(), part.length);
      }
    }
    return values;
  }

  private boolean isThere(String prefix, Parameter p, ImmutableSet<String> mayBeAbsent) {
    return has(prefix + p.name()) || !mayBeAbsent.contains(p.name());
  }

  /** Tensors that nothing was compared with. */
  ImmutableSet<String> unread() {
    return file.tensors().keySet().stream()
        .filter(name -> !read.contains(name))
        .collect(ImmutableSet.toImmutableSet());
  }
}
