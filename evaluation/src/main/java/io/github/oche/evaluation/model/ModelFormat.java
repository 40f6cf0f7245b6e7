package io.github.oche.evaluation.model;

import com.google.common.base.Ascii;
import com.google.common.base.Joiner;
import java.io.IOException;
import java.nio.file.Path;

/** A form in which others read a model. */
public enum ModelFormat {
  /**
   * All weights and running statistics under the names of PyTorch's state dictionary of the
   * published code, with the description that {@link Model#read(Path)} wants.
   *
   * @see <a href="https://github.com/huggingface/safetensors">the format</a>
   */
  SAFETENSORS {
    @Override
    void save(Model model, Path path) throws IOException {
      ModelWriter.write(model, path);
    }
  },

  /**
   * The zip of Deeplearning4j's {@code ModelSerializer} with the graph of {@link
   * Deeplearning4j#graph}.
   *
   * <p>Written only: to read such a file, {@code ModelSerializer} may run Java deserialisation,
   * which a foreign file can abuse. Start that JVM with {@code -Djdk.serialFilter='!*'}.
   */
  DL4J {
    @Override
    void save(Model model, Path path) throws IOException {
      WholeFile.write(path, out -> Deeplearning4j.write(model, out));
    }
  },

  /**
   * ONNX, opset 13: input {@code images}, output {@code logits}, the number of images symbolic.
   *
   * @see <a href="https://onnx.ai/onnx/intro/">ONNX</a>
   */
  ONNX {
    @Override
    void save(Model model, Path path) throws IOException {
      WholeFile.write(path, out -> OnnxGraph.of(model).writeTo(out));
    }
  };

  abstract void save(Model model, Path path) throws IOException;

  /**
   * Reads the name of a form, such as {@code onnx}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static ModelFormat parse(String name) {
    for (ModelFormat format : values()) {
      if (format.toString().equals(Ascii.toLowerCase(name))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "unknown model format \"" + name + "\"; known: " + Joiner.on(", ").join(values()));
  }

  /**
   * Writes a model under a temporary name beside the file and renames it: the file is there as a
   * whole, or what was there before is as it was.
   *
   * @throws IllegalArgumentException if {@code path} cannot be a file, or its folder is not there
   * @throws IOException if writing fails
   */
  public void write(Model model, Path path) throws IOException {
    WholeFile.check(path);
    save(model, path);
  }

  @Override
  public String toString() {
    return Ascii.toLowerCase(name());
  }
}
