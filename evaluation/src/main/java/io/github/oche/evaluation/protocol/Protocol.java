package io.github.oche.evaluation.protocol;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.darts.Flat;
import io.github.oche.darts.Provenance;
import io.github.oche.darts.SearchHypergradient;
import io.github.oche.darts.SearchSettings;
import io.github.oche.data.Augmentation;
import io.github.oche.evaluation.RetrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How table 1 of DARTS is made, at one scale: so many searches of each order, a short training of
 * each cell found on a part of the training images to choose one by the rest of them, and the full
 * trainings of what was chosen. Random search chooses in the same way among cells that are drawn.
 *
 * <p>Seeds: search k, full training k and the k-th cell that is drawn have the seed of the settings
 * plus k; all short trainings have the same.
 *
 * @param scale name of the scale
 * @param search settings of a search of first order; of second order they are the same but for the
 *     hypergradient
 * @param searches of each order, at least 1
 * @param selectionPortion share of the training images that the short trainings train on; the
 *     others choose; in (0, 1)
 * @param selection settings of the short trainings
 * @param randomCells how many cells random search trains and chooses among, at least 1
 * @param training settings of the full trainings
 * @param trainings of what was chosen, at least 1
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu, Simonyan and Yang (2019), DARTS, section
 *     3.2</a>
 */
public record Protocol(
    String scale,
    SearchSettings search,
    int searches,
    double selectionPortion,
    RetrainingSettings selection,
    int randomCells,
    RetrainingSettings training,
    int trainings) {
  private static final int MOST = 1000;
  private static final ImmutableList<String> NO_DIFFERENCE = ImmutableList.of("scale");

  /** The scales, smallest first. */
  public static final ImmutableList<String> SCALES = ImmutableList.of("tiny", "quick", "full");

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if something lies outside its range
   */
  public Protocol {
    checkNotNull(scale, "scale");
    checkNotNull(search, "search");
    checkNotNull(selection, "selection");
    checkNotNull(training, "training");
    requireCount("searches", searches);
    requireCount("random cells", randomCells);
    requireCount("trainings", trainings);
    checkArgument(
        selectionPortion > 0 && selectionPortion < 1,
        "selection portion is %s, expected more than 0 and less than 1",
        selectionPortion);
    checkArgument(
        search.hypergradient().equals(SearchHypergradient.FIRST),
        "the search settings have the hypergradient %s, expected first",
        search.hypergradient());
    checkArgument(
        selection.validation() == 0,
        "the selection holds out %s of its images, expected none: its test images choose",
        selection.validation());
  }

  private static void requireCount(String what, int count) {
    checkArgument(count >= 1 && count <= MOST, "%s is %s, expected 1 to %s", what, count, MOST);
  }

  /**
   * The paper's protocol: 4 searches of each order (50 epochs of 16 channels and 8 cells), 100
   * epochs of training to choose one, 24 random cells, 10 full trainings of 600 epochs. Years on a
   * CPU of two cores.
   */
  public static Protocol full() {
    return new Protocol(
        "full",
        SearchSettings.paper().withHypergradient(SearchHypergradient.FIRST).withSeed(0),
        4,
        0.5,
        RetrainingSettings.code().withEpochs(100),
        24,
        RetrainingSettings.code(),
        10);
  }

  /** A night (about eight hours) on two cores, on data of the size of CIFAR-10. */
  public static Protocol quick() {
    RetrainingSettings small =
        full()
            .training()
            .withSize(16, 5)
            .withBatch(64)
            .withAuxiliaryWeight(0)
            .withDropPath(0)
            .withAugmentation(new Augmentation(4, true, 8))
            .withWeights(full().training().weights().withRates(0.05, 0));
    return new Protocol(
        "quick",
        full()
            .search()
            .withSize(8, 5)
            .withEpochs(8)
            .withTrainImages(20_000)
            .withArchitecture(full().search().architecture().withRate(3e-3)),
        2,
        0.5,
        small.withEpochs(3),
        24,
        small.withEpochs(6).withValidation(0.1),
        3);
  }

  /** About ten minutes on two cores, on the sample that comes with the library. */
  public static Protocol tiny() {
    RetrainingSettings small =
        full()
            .training()
            .withSize(8, 3)
            .withBatch(32)
            .withAuxiliaryWeight(0)
            .withDropPath(0)
            .withAugmentation(new Augmentation(2, true, 0))
            .withWeights(full().training().weights().withRates(0.05, 0));
    return new Protocol(
        "tiny",
        full()
            .search()
            .withSize(4, 3)
            .withEpochs(2)
            .withBatch(32)
            .withTrainImages(1000)
            .withArchitecture(full().search().architecture().withRate(3e-3)),
        2,
        0.5,
        small.withEpochs(2).withTrainImages(1000),
        18,
        small.withEpochs(4).withTrainImages(2000).withValidation(0.1),
        3);
  }

  /**
   * The protocol of a scale.
   *
   * @throws IllegalArgumentException if there is no such scale
   */
  public static Protocol of(String scale) {
    return switch (scale) {
      case "tiny" -> tiny();
      case "quick" -> quick();
      case "full" -> full();
      default ->
          throw new IllegalArgumentException(
              "unknown scale \"" + scale + "\"; known: " + String.join(", ", SCALES));
    };
  }

  /** The same from other seeds: this one, and those after it. */
  public Protocol withSeed(long seed) {
    return new Protocol(
        scale,
        search.withSeed(seed),
        searches,
        selectionPortion,
        selection.withSeed(seed),
        randomCells,
        training.withSeed(seed),
        trainings);
  }

  /** The same with another share of the training images held out of the full trainings. */
  public Protocol withValidation(double share) {
    return new Protocol(
        scale,
        search,
        searches,
        selectionPortion,
        selection,
        randomCells,
        training.withValidation(share),
        trainings);
  }

  /** Settings of search k, from 0. */
  SearchSettings search(SearchHypergradient order, int k) {
    return search.withHypergradient(order).withSeed(search.seed() + k);
  }

  /** Settings of full training k, from 0. */
  RetrainingSettings training(int k) {
    return training.withSeed(training.seed() + k);
  }

  /** How many searches and trainings there are in all. */
  int jobs() {
    return 2 * searches + 2 * searches + randomCells + Method.values().length * trainings;
  }

  /**
   * What is not as in another protocol, in words: {@code search epochs: 2 instead of 50}. All
   * settings are compared, none but the names of the scales left out.
   */
  public ImmutableList<String> differences(Protocol other) {
    Map<String, String> ours = flat();
    Map<String, String> theirs = other.flat();
    List<String> differences = new ArrayList<>();
    ours.forEach(
        (name, value) -> {
          String there = theirs.getOrDefault(name, "none");
          if (!NO_DIFFERENCE.contains(name) && !value.equals(there)) {
            differences.add(words(name) + ": " + value + " instead of " + there);
          }
        });
    return ImmutableList.copyOf(differences);
  }

  private ImmutableMap<String, String> flat() {
    return Flat.of(Provenance.of(this));
  }

  private static String words(String name) {
    return name.replace('.', ' ').replace('_', ' ');
  }
}
