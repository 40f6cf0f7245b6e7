package io.github.oche.evaluation.model;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.data.Normalisation;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.SafeTensors;
import io.github.oche.engine.SafeTensors.TensorInfo;
import io.github.oche.engine.Shape;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Genotype;
import io.github.oche.space.Genotypes;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The description of a model in the strings of its file: the keys are those of other files of
 * networks. What is not said follows from names and shapes of the tensors.
 */
final class ModelMetadata {
  private static final String GENOTYPE = "genotype";
  private static final String IMAGE = "image_shape";
  private static final String CHANNELS = "channels";
  private static final String CELLS = "layers";
  private static final String CLASSES = "classes";
  private static final String AUXILIARY = "auxiliary_weight";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "deviation";

  private static final String STEM = "stem.0.weight";
  private static final String CLASSIFIER = "classifier.weight";
  private static final String AUXILIARY_HEAD = "auxiliary_head.";
  private static final int STEM_MULTIPLIER = 3;
  private static final int USUAL_SIDE = 32;
  private static final double PUBLISHED_AUXILIARY_WEIGHT = 0.4;
  private static final int MOST = 1_000_000;

  private static final Splitter COMMA = Splitter.on(',').trimResults();

  private final SafeTensors file;

  ModelMetadata(SafeTensors file) {
    this.file = file;
  }

  /** All that describes a model, in a stable order. */
  static ImmutableMap<String, String> of(Model model) {
    DartsMacro macro = model.macro();
    Shape image = macro.image();
    ImmutableMap.Builder<String, String> map =
        ImmutableMap.<String, String>builder()
            .put("format", "pt") // names, shapes and order of axes are PyTorch's
            .put("kind", "model")
            .put(GENOTYPE, model.genotype().toString())
            .put(
                IMAGE, ImmutableList.of(image.channels(), image.height(), image.width()).toString())
            .put(CHANNELS, Integer.toString(macro.channels()))
            .put(CELLS, Integer.toString(macro.cells()))
            .put(CLASSES, Integer.toString(macro.classes()))
            .put(AUXILIARY, Double.toString(macro.auxiliaryWeight()));
    model
        .normalisation()
        .ifPresent(
            n -> map.put(MEAN, n.mean().toString()).put(DEVIATION, n.deviation().toString()));
    return map.buildOrThrow();
  }

  /** The genotype, a published name or written out. */
  Genotype genotype() {
    String text =
        text(GENOTYPE)
            .orElseThrow(
                () ->
                    fault(
                        "the metadata have no \"genotype\", so that the network of the weights is"
                            + " not known"));
    return text.contains("[") ? Genotype.parse(text) : Genotypes.named(text);
  }

  DartsMacro macro() {
    ImmutableList<Integer> stem = shape(STEM, 4);
    int channels = whole(CHANNELS).orElse(Math.max(1, stem.get(0) / STEM_MULTIPLIER));
    int there = cells();
    int cells = whole(CELLS).orElse(there);
    if (cells > there) { // a claim that is not believed: it would cost time and memory
      throw fault(
          String.format(
              "there is no tensor \"cells.%d.*\", but metadata \"%s\" is %d", there, CELLS, cells));
    }
    int classes = whole(CLASSES).orElseGet(() -> shape(CLASSIFIER, 2).get(0));
    boolean head = file.tensors().keySet().stream().anyMatch(n -> n.startsWith(AUXILIARY_HEAD));
    double auxiliary = number(AUXILIARY, head ? PUBLISHED_AUXILIARY_WEIGHT : 0);
    return DartsMacro.of(image(stem.get(1)), channels, cells, classes).withAuxiliary(auxiliary);
  }

  private Shape image(int channels) {
    Optional<ImmutableList<Double>> sides = list(IMAGE);
    if (sides.isEmpty()) {
      return new Shape(channels, USUAL_SIDE, USUAL_SIDE);
    }
    ImmutableList<Double> s = sides.get();
    if (s.size() != 3 || s.stream().anyMatch(v -> v != Math.rint(v) || v < 1 || v > MOST)) {
      throw unexpected(IMAGE, "[channels, rows, columns]");
    }
    return new Shape(s.get(0).intValue(), s.get(1).intValue(), s.get(2).intValue());
  }

  Optional<Normalisation> normalisation() {
    Optional<ImmutableList<Double>> mean = list(MEAN);
    Optional<ImmutableList<Double>> deviation = list(DEVIATION);
    if (mean.isPresent() != deviation.isPresent()) {
      throw fault("the metadata have only one of \"" + MEAN + "\" and \"" + DEVIATION + "\"");
    }
    return mean.map(m -> new Normalisation(m, deviation.orElseThrow()));
  }

  /** One more than the largest I of a tensor {@code cells.I.}. */
  private int cells() {
    int cells = 0;
    for (String name : file.tensors().keySet()) {
      if (name.matches("cells\\.[0-9]{1,4}\\..*")) {
        int cell = Integer.parseInt(name.substring(6, name.indexOf('.', 6)));
        cells = Math.max(cells, cell + 1);
      }
    }
    return cells;
  }

  private ImmutableList<Integer> shape(String name, int axes) {
    TensorInfo tensor = file.tensor(name);
    if (tensor.shape().size() != axes) {
      throw fault(
          "tensor \"" + name + "\" has shape " + tensor.shape() + ", expected " + axes + " axes");
    }
    return tensor.shape();
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(file.metadata().get(key));
  }

  private OptionalInt whole(String key) {
    if (text(key).isEmpty()) {
      return OptionalInt.empty();
    }
    double value = number(key, 0);
    if (value != Math.rint(value) || value < 0 || value > MOST) {
      throw unexpected(key, "a whole number up to " + MOST);
    }
    return OptionalInt.of((int) value);
  }

  private double number(String key, double otherwise) {
    return text(key).map(text -> number(key, text)).orElse(otherwise);
  }

  private double number(String key, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw unexpected(key, "a number");
  }

  private Optional<ImmutableList<Double>> list(String key) {
    return text(key).map(text -> list(key, text.strip()));
  }

  private ImmutableList<Double> list(String key, String text) {
    if (text.length() < 2 || !text.startsWith("[") || !text.endsWith("]")) {
      throw unexpected(key, "a list [a, b, ...]");
    }
    ImmutableList.Builder<Double> values = ImmutableList.builder();
    for (String value : COMMA.split(text.substring(1, text.length() - 1))) {
      values.add(number(key, value));
    }
    return values.build();
  }

  private FormatException unexpected(String key, String expected) {
    return fault(
        "metadata \"" + key + "\" is \"" + text(key).orElse("") + "\", expected " + expected);
  }

  private FormatException fault(String message) {
    return new FormatException(file.path() + ": " + message);
  }
}
