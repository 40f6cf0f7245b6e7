package io.github.oche.darts;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.Mixture;
import io.github.oche.engine.Parameter;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensorsWriter;
import io.github.oche.engine.Shape;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.SearchSpace;
import io.github.oche.space.Supernet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The file of a {@link SearchedSupernet}. */
final class SupernetFile {
  private static final String KIND = "supernet";
  private static final int MOST = 1 << 24; // of any size that the metadata name

  private final SafeTensors file;

  private SupernetFile(SafeTensors file) {
    this.file = file;
  }

  static void write(SearchedSupernet searched, Path path) throws IOException {
    Supernet supernet = searched.supernet();
    DartsMacro macro = (DartsMacro) supernet.space().macro();
    Shape image = macro.image();
    ImageShare share = searched.share();
    SafeTensorsWriter writer =
        SafeTensors.writer()
            .metadata("kind", KIND)
            .metadata(
                "image_shape", List.of(image.channels(), image.height(), image.width()).toString())
            .metadata("channels", Integer.toString(macro.channels()))
            .metadata("layers", Integer.toString(macro.cells()))
            .metadata("classes", Integer.toString(macro.classes()))
            .metadata("train_images", Integer.toString(share.images()))
            .metadata("split", Ascii.toLowerCase(share.rule().name()))
            .metadata("portion", Double.toString(share.portion()))
            .metadata("seed", Long.toString(share.seed()))
            .metadata("data_sha256", searched.dataSha256());
    writer.put(supernet.graph().parameters(), searched.weights());
    for (Mixture m : supernet.graph().mixtures()) {
      float[] values = Arrays.copyOfRange(searched.alphas(), m.offset(), m.offset() + m.size());
      writer.put(m.name(), ImmutableList.of(m.rows(), m.columns()), values);
    }
    writer.write(path);
  }

  static SearchedSupernet read(Path path) throws IOException {
    try (SafeTensors file = SafeTensors.open(path)) {
      return new SupernetFile(file).read();
    } catch (FormatException e) {
      throw e;
    } catch (IllegalArgumentException e) { // a size that there is not
      throw new FormatException(path + ": " + e.getMessage());
    }
  }

  private SearchedSupernet read() throws IOException {
    if (!text("kind").equals(KIND)) {
      throw fault("it holds a \"" + text("kind") + "\", expected a \"" + KIND + "\"");
    }
    ImageShare share =
        new ImageShare(whole("train_images"), rule(), number("portion"), longNumber("seed"));
    int cells = whole("layers");
    if (!file.tensors().containsKey("cells." + (cells - 1) + ".preprocess1.op.1.weight")) {
      // not believed: building a network of so many cells would cost time and memory
      throw fault("metadata \"layers\" is " + cells + ", but there is no such last cell");
    }
    Supernet supernet =
        Supernet.of(SearchSpace.darts(image(), whole("channels"), cells, whole("classes")));
    float[] weights = new float[supernet.graph().parameters().size()];
    for (Parameter p : supernet.graph().parameters().all()) {
      copy(p.name(), p.shape().asList(), weights, p.offset());
    }
    float[] alphas = new float[supernet.graph().mixingSize()];
    for (Mixture m : supernet.graph().mixtures()) {
      copy(m.name(), ImmutableList.of(m.rows(), m.columns()), alphas, m.offset());
    }
    return new SearchedSupernet(supernet, share, text("data_sha256"), weights, alphas);
  }

  private void copy(String name, List<Integer> shape, float[] to, int at) throws IOException {
    if (!file.tensor(name).shape().equals(shape)) {
      throw fault(
          "tensor \"" + name + "\" has shape " + file.tensor(name).shape() + ", expected " + shape);
    }
    float[] values = file.floats(name);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw fault("tensor \"" + name + "\" has a value " + value + ", expected finite ones");
      }
    }
    System.arraycopy(values, 0, to, at, values.length);
  }

  private Shape image() {
    String text = text("image_shape");
    List<String> sides =
        Splitter.on(',').trimResults().splitToList(text.replaceAll("[\\[\\]]", ""));
    if (sides.size() != 3) {
      throw fault(
          "metadata \"image_shape\" is \"" + text + "\", expected [channels, rows, columns]");
    }
    return new Shape(
        whole("image_shape", sides.get(0)),
        whole("image_shape", sides.get(1)),
        whole("image_shape", sides.get(2)));
  }

  private SplitRule rule() {
    for (SplitRule rule : SplitRule.values()) {
      if (Ascii.toLowerCase(rule.name()).equals(text("split"))) {
        return rule;
      }
    }
    throw fault("metadata \"split\" is \"" + text("split") + "\", expected in_order or shuffled");
  }

  private String text(String key) {
    String text = file.metadata().get(key);
    if (text == null) {
      throw fault("there are no metadata \"" + key + "\": it is no supernet of a search");
    }
    return text;
  }

  private int whole(String key) {
    return whole(key, text(key));
  }

  private int whole(String key, String text) {
    long value = longNumber(key, text);
    if (value < 0 || value > MOST) {
      throw fault("metadata \"" + key + "\" is " + value + ", expected 0 to " + MOST);
    }
    return (int) value;
  }

  private long longNumber(String key) {
    return longNumber(key, text(key));
  }

  private long longNumber(String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw fault("metadata \"" + key + "\" is \"" + text + "\", expected a whole number");
    }
  }

  private double number(String key) {
    try {
      double value = Double.parseDouble(text(key));
      if (value > 0 && value < 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw fault(
        "metadata \"" + key + "\" is \"" + text(key) + "\", expected more than 0, less than 1");
  }

  private FormatException fault(String message) {
    return new FormatException(file.path() + ": " + message);
  }
}
