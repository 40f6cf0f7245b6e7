package io.github.oche.evaluation.protocol;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of the table, in its order: where the cells of each come from. */
public enum Method {
  /** Published: found by reinforcement learning. */
  NASNET_A("NASNet-A", Origin.PUBLISHED, "NASNet"),
  /** Published: found by evolution. */
  AMOEBANET_A("AmoebaNet-A", Origin.PUBLISHED, "AmoebaNet"),
  /** Cells that are drawn, another one for each training, none chosen. */
  RANDOM_ARCHITECTURE("random architecture", Origin.DRAWN, null),
  /** The best of cells that are drawn. */
  RANDOM_SEARCH("random search", Origin.RANDOM_SEARCH, null),
  /** The best of those that searches of first order find. */
  FIRST_ORDER("DARTS, first order", Origin.SEARCH, null),
  /** The best of those that searches of second order find. */
  SECOND_ORDER("DARTS, second order", Origin.SEARCH, null),
  /** Published: what the paper's search of first order found. */
  DARTS_V1("DARTS_V1", Origin.PUBLISHED, "DARTS_V1"),
  /** Published: what the paper's search of second order found. */
  DARTS_V2("DARTS_V2", Origin.PUBLISHED, "DARTS_V2");

  /** Where cells come from. */
  public enum Origin {
    /** From a paper. */
    PUBLISHED,
    /** By chance, without a choice. */
    DRAWN,
    /** By chance, the best chosen. */
    RANDOM_SEARCH,
    /** From gradient searches, the best chosen. */
    SEARCH
  }

  private final String title;
  private final Origin origin;
  private final Optional<String> genotype;

  Method(String title, Origin origin, @Nullable String genotype) {
    this.title = title;
    this.origin = origin;
    this.genotype = Optional.ofNullable(genotype);
  }

  /** What the table calls it. */
  public String title() {
    return title;
  }

  /** Where its cells come from. */
  public Origin origin() {
    return origin;
  }

  /** The name of its published genotype, if it is one. */
  public Optional<String> genotype() {
    return genotype;
  }

  /** Whether its cell is chosen among several by short trainings. */
  public boolean selects() {
    return origin == Origin.SEARCH || origin == Origin.RANDOM_SEARCH;
  }

  /** The name of its folders: {@code darts-first-order}. */
  String folder() {
    return CharMatcher.anyOf(" _,").collapseFrom(Ascii.toLowerCase(title), '-');
  }
}
