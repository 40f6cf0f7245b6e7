package io.github.oche.engine;

import com.google.common.primitives.ImmutableIntArray;
import java.util.stream.IntStream;

/**
 * Which channels lie in which block of a tensor: as many as a block has lanes, one block after the
 * other; in a join whose parts do not fill their last blocks each part starts a new one.
 */
record ChannelBlocks(ImmutableIntArray starts, int lanes) {
  static ChannelBlocks of(int channels, int lanes) {
    return joined(ImmutableIntArray.of(channels), lanes);
  }

  /** Of parts that have so many channels each. */
  static ChannelBlocks joined(ImmutableIntArray parts, int lanes) {
    ImmutableIntArray.Builder starts = ImmutableIntArray.builder();
    int channels = 0;
    for (int part : parts.asList()) {
      int first = channels;
      IntStream.range(0, Storage.blocks(part, lanes)).forEach(b -> starts.add(first + b * lanes));
      channels += part;
    }
    return new ChannelBlocks(starts.add(channels).build(), lanes);
  }

  int channels() {
    return first(count());
  }

  /** How many blocks there are. */
  int count() {
    return starts.length() - 1;
  }

  /** The first channel of a block, which lies in its first lane. */
  int first(int block) {
    return starts.get(block);
  }

  /** How many channels a block holds. */
  int size(int block) {
    return first(block + 1) - first(block);
  }

  /** Lanes from the first channel to the last, both included, and all between. */
  int span() {
    return (count() - 1) * lanes + size(count() - 1);
  }

  /**
   * How many channels lie together before a new block starts, if it is always as many; otherwise
   * {@link #span()}.
   */
  int section() {
    int blocks = 1;
    while (blocks < count() && size(blocks - 1) == lanes) {
      blocks++;
    }
    int section = first(blocks);
    for (int b = 0; b <= count(); b++) {
      if (first(b) != b / blocks * section + b % blocks * lanes) {
        return span();
      }
    }
    return count() % blocks == 0 ? section : span();
  }
}
