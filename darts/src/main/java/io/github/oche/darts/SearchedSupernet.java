package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Floats;
import io.github.oche.space.CellSpace;
import io.github.oche.space.DartsMacro;
import io.github.oche.space.Discretisation;
import io.github.oche.space.Genotype;
import io.github.oche.space.Supernet;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A supernet with the weights that a search left in it: what is needed to score architectures by
 * the weights that they inherit, on images that those weights have not seen.
 *
 * <p>Running means and variances of its batch norms are not kept: they were measured under the
 * mixture of all candidates, and fit no single architecture.
 */
public final class SearchedSupernet {
  /** What a run folder calls the supernet that its search trained. */
  public static final String FILE_NAME = "supernet.safetensors";

  private final Supernet supernet;
  private final ImageShare share;
  private final String dataSha256;
  private final float[] weights;
  private final float[] alphas;

  /**
   * A supernet of these parts.
   *
   * @param share which images trained w and which moved α
   * @param dataSha256 of the data that they are of, {@link io.github.oche.data.Dataset#sha256()}
   * @param weights w, in the order of the graph's parameters; kept
   * @param alphas normal rows, then reduction rows; kept
   * @throws IllegalArgumentException if a vector has another length than the supernet's
   */
  public SearchedSupernet(
      Supernet supernet, ImageShare share, String dataSha256, float[] weights, float[] alphas) {
    int expected = supernet.graph().parameters().size();
    checkArgument(weights.length == expected, "%s weights, expected %s", weights.length, expected);
    checkArgument(
        alphas.length == supernet.graph().mixingSize(),
        "%s alphas, expected %s",
        alphas.length,
        supernet.graph().mixingSize());
    this.supernet = supernet;
    this.share = share;
    this.dataSha256 = dataSha256;
    this.weights = weights;
    this.alphas = alphas;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws io.github.oche.engine.FormatException naming the file and what is wrong with it
   * @throws IOException if reading fails
   */
  public static SearchedSupernet read(Path path) throws IOException {
    return SupernetFile.read(path);
  }

  /**
   * Writes a {@code .safetensors} file: w under the published PyTorch names, α as {@code
   * alphas_normal} and {@code alphas_reduce}, sizes and share of images as metadata. The file is
   * there as a whole or not at all.
   *
   * @throws IllegalArgumentException if the space is none that a file can describe
   * @throws IOException if writing fails
   */
  public void write(Path path) throws IOException {
    checkArgument(isDescribable(supernet), "only supernets of the DARTS space are written");
    SupernetFile.write(this, path);
  }

  /** Whether a file can say which supernet this is: those of the published DARTS space alone. */
  static boolean isDescribable(Supernet supernet) {
    return supernet.space().macro() instanceof DartsMacro
        && supernet.space().normal().equals(CellSpace.darts())
        && supernet.space().reduction().equals(CellSpace.darts());
  }

  /** {@return the network} */
  public Supernet supernet() {
    return supernet;
  }

  /** {@return which images trained w and which moved α} */
  public ImageShare share() {
    return share;
  }

  /** {@return the SHA-256 of the data that it was searched on} */
  public String dataSha256() {
    return dataSha256;
  }

  /** {@return w; its own array, not to be written} */
  public float[] weights() {
    return weights;
  }

  /** {@return α: normal rows, then reduction rows; its own array, not to be written} */
  public float[] alphas() {
    return alphas;
  }

  /** {@return what the published rule derives from α} */
  public Genotype genotype() {
    double[] mixture = supernet.softmax().weights(Doubles.toArray(Floats.asList(alphas)));
    return supernet.genotype(mixture, Discretisation.published());
  }
}
