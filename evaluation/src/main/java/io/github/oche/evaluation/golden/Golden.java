package io.github.oche.evaluation.golden;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.ParameterTable;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * An open golden file. Remembers which tensors were asked for, so that one which nobody compared can
 * be told. Whatever is missing or has the wrong shape is an {@code IllegalArgumentException} that
 * names it.
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
          "metadata \"" + key + "\" is \"" + text(key) + "\", expected a whole number up to " + MOST);
    }
    return (int) value;
  }

  boolean hasText(String key) {
    return file.metadata().containsKey(key);
  }

  boolean has(String name) {
    return file.tensors().containsKey(name);
  }

  ImmutableList<Integer> shape(String name) {
    return file.tensor(name).shape();
  }

  float[] floats(String name, Integer... shape) {
    requireShape(name, ImmutableList.copyOf(shape));
    return floats(name);
  }

  /** A tensor whose shape has been looked at. */
  float[] floats(String name) {
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

  private void requireShape(String name, ImmutableList<Integer> expected) {
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
    if (s.get(0) < 1) {
      throw fault("\"" + name + "\" has no images");
    }
    return new Shape(s.get(1), s.get(2), s.get(3));
  }

  /** The tensors {@code prefix + parameter name}, laid out as the table has them. */
  float[] table(String prefix, ParameterTable table) {
    float[] values = new float[table.size()];
    for (Parameter p : table.all()) {
      ImmutableIntArray shape = p.shape();
      float[] part =
          floats(
              prefix + p.name(), shape.asList().toArray(new Integer[0]));
      System.arraycopy(part, 0, values, p.offset(), part.length);
    }
    return values;
  }

  /** Tensors that nothing was compared with. */
  ImmutableSet<String> unread() {
    return file.tensors().keySet().stream()
        .filter(name -> !read.contains(name))
        .collect(ImmutableSet.toImmutableSet());
  }
}
