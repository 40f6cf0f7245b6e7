package io.github.oche.evaluation.model;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.oche.data.Normalisation;
import io.github.oche.engine.FormatException;
import io.github.oche.engine.Graph;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.DerivedNetwork;
import io.github.oche.space.Genotype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A derived network with its weights and running statistics, and what must be known to use it. */
public final class Model {
  /** What a run folder calls the model that it trained. */
  public static final String FILE_NAME = "model.safetensors";

  private final Genotype genotype;
  private final DartsMacro macro;
  private final Optional<Normalisation> normalisation;
  private final Graph graph;
  private final float[] weights;
  private final float[] statistics;
  private final long steps;

  /**
   * A model of these parts; the arrays are copied.
   *
   * @param normalisation of the images that it was trained on, if that is known
   * @param weights in the order of {@link Graph#parameters()} of {@link #graph()}
   * @param statistics running means and variances, in the order of {@link Graph#statistics()}
   * @param steps how many the training took: what PyTorch calls {@code num_batches_tracked}
   * @throws IllegalArgumentException if a part does not fit the network
   */
  public Model(
      Genotype genotype,
      DartsMacro macro,
      Optional<Normalisation> normalisation,
      float[] weights,
      float[] statistics,
      long steps) {
    this(genotype, macro, normalisation, graph(genotype, macro), weights, statistics, steps);
  }

  Model(
      Genotype genotype,
      DartsMacro macro,
      Optional<Normalisation> normalisation,
      Graph graph,
      float[] weights,
      float[] statistics,
      long steps) {
    checkArgument(
        weights.length == graph.parameters().size(),
        "%s weights, expected %s",
        weights.length,
        graph.parameters().size());
    checkArgument(
        statistics.length == graph.statistics().size(),
        "%s running statistics, expected %s",
        statistics.length,
        graph.statistics().size());
    checkArgument(steps >= 0, "steps is %s, expected 0 or more", steps);
    normalisation.ifPresent(
        n ->
            checkArgument(
                n.channels() == macro.image().channels(),
                "normalisation has %s channels, the images have %s",
                n.channels(),
                macro.image().channels()));
    this.genotype = genotype;
    this.macro = macro;
    this.normalisation = normalisation;
    this.graph = graph;
    this.weights = weights.clone();
    this.statistics = statistics.clone();
    this.steps = steps;
  }

  /** The network, with its auxiliary head if it has one, and without places to drop paths. */
  static Graph graph(Genotype genotype, DartsMacro macro) {
    return DerivedNetwork.of(genotype, macro, false).graph();
  }

  /**
   * Reads a {@code .safetensors} file that says in its metadata which network it is of.
   *
   * @throws FormatException naming the file, and the first tensor that differs from the network
   *     described, with both shapes
   * @throws IOException if reading fails
   */
  public static Model read(Path path) throws IOException {
    return ModelReader.read(path, Optional.empty());
  }

  /**
   * Reads weights of this genotype, whatever the file says, or if it says nothing.
   *
   * @throws FormatException as {@link #read(Path)}
   * @throws IOException if reading fails
   */
  public static Model read(Path path, Genotype genotype) throws IOException {
    return ModelReader.read(path, Optional.of(genotype));
  }

  /** The cells. */
  public Genotype genotype() {
    return genotype;
  }

  /** How the cells become a network. */
  public DartsMacro macro() {
    return macro;
  }

  /** Mean and deviation of the images that it was trained on, if they are known. */
  public Optional<Normalisation> normalisation() {
    return normalisation;
  }

  /** The network. */
  public Graph graph() {
    return graph;
  }

  /**
   * The weights, in the order of {@link Graph#parameters()}; the model's own, not to be written.
   */
  public float[] weights() {
    return weights;
  }

  /**
   * Running means and variances, in the order of {@link Graph#statistics()}; the model's own, not
   * to be written.
   */
  public float[] statistics() {
    return statistics;
  }

  /** How many steps the training took. */
  public long steps() {
    return steps;
  }
}
