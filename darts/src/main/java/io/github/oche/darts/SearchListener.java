package io.github.oche.darts;

import com.google.common.collect.ImmutableList;
import io.github.oche.data.Batches;
import io.github.oche.space.Supernet;

/** Hears how a search goes, on the thread that searches: the search waits for it. */
public interface SearchListener {
  /** Hears nothing. */
  SearchListener NONE = new SearchListener() {};

  /**
   * All is checked, memory comes next.
   *
   * @param heapBytes what the search will need, about
   */
  default void planned(long heapBytes) {}

  /**
   * All that chance decides is drawn, of a search that begins; {@link #started} comes next. With
   * these, another program can make the same search.
   *
   * @param state the search's own: its steps change it, and a listener may read it, here and later
   * @param training whose batch of step s moves w in step s
   * @param validation whose batch of step s moves α in step s
   */
  default void drawn(SearchState state, Batches training, Batches validation) {}

  /**
   * All is checked, memory is taken, the first step comes next.
   *
   * @param supernet what is searched
   * @param start epoch 0
   */
  default void started(Supernet supernet, EpochReport start) {}

  /**
   * The search goes on from a checkpoint; comes after {@link #started}, in place of what is heard
   * of the epochs that are done.
   *
   * @param epochs these, the start among them
   */
  default void resumed(ImmutableList<EpochReport> epochs) {}

  /**
   * A step is done.
   *
   * @param progress so far
   */
  default void step(SearchProgress progress) {}

  /**
   * An epoch is done, and the search may be interrupted without losing it once this is written.
   *
   * @param now valid during the call; the next step changes it
   */
  default void checkpoint(SearchCheckpoint now) {}

  /**
   * An epoch is done, and all its numbers are finite.
   *
   * @param report what it came to
   */
  default void epoch(EpochReport report) {}

  /**
   * The last epoch is done.
   *
   * @param searched the supernet as the search leaves it
   */
  default void finished(SearchedSupernet searched) {}

  /**
   * Both of two listeners, one after the other.
   *
   * @param other hears everything second
   * @return a listener that passes everything on
   */
  default SearchListener and(SearchListener other) {
    SearchListener first = this;
    return new SearchListener() {
      @Override
      public void planned(long heapBytes) {
        first.planned(heapBytes);
        other.planned(heapBytes);
      }

      @Override
      public void drawn(SearchState state, Batches training, Batches validation) {
        first.drawn(state, training, validation);
        other.drawn(state, training, validation);
      }

      @Override
      public void started(Supernet supernet, EpochReport start) {
        first.started(supernet, start);
        other.started(supernet, start);
      }

      @Override
      public void resumed(ImmutableList<EpochReport> epochs) {
        first.resumed(epochs);
        other.resumed(epochs);
      }

      @Override
      public void checkpoint(SearchCheckpoint now) {
        first.checkpoint(now);
        other.checkpoint(now);
      }

      @Override
      public void step(SearchProgress progress) {
        first.step(progress);
        other.step(progress);
      }

      @Override
      public void epoch(EpochReport report) {
        first.epoch(report);
        other.epoch(report);
      }

      @Override
      public void finished(SearchedSupernet searched) {
        first.finished(searched);
        other.finished(searched);
      }
    };
  }
}
