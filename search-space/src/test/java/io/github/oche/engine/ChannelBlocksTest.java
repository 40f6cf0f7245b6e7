package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import org.junit.jupiter.api.Test;

class ChannelBlocksTest {
  private static ChannelBlocks joined(int... parts) {
    return ChannelBlocks.joined(ImmutableIntArray.copyOf(parts), 8);
  }

  @Test
  void channelsThatFillTheirBlocksAreOneSection() {
    assertThat(ChannelBlocks.of(36, 8).section()).isEqualTo(36);
    assertThat(ChannelBlocks.of(5, 8).section()).isEqualTo(5);
    assertThat(joined(16, 8, 16).section()).isEqualTo(40);
  }

  @Test
  void equalPartsThatDoNotAreASectionEach() {
    assertThat(joined(36, 36, 36, 36).section()).isEqualTo(36);
    assertThat(joined(4, 4).section()).isEqualTo(4);
  }

  @Test
  void unequalPartsAreOneSectionWithItsGaps() {
    assertThat(joined(36, 20).section()).isEqualTo(40 + 20);
    assertThat(joined(36, 36, 20).section()).isEqualTo(40 + 40 + 20);
    assertThat(joined(36, 16).section()).isEqualTo(40 + 16);
    assertThat(joined(8, 4).section()).isEqualTo(12); // no gap
    assertThat(joined(4, 8).section()).isEqualTo(16);
  }
}
