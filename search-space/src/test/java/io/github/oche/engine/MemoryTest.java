package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MemoryTest {
  private static List<Buffer> random(Memory memory, SplittableRandom random, int n, long most) {
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Buffer b = memory.buffer(random.nextLong(1, most));
      int birth = random.nextInt(100);
      b.touch(birth, 0);
      b.touch(birth + random.nextInt(30), 0);
      buffers.add(b);
    }
    memory.assign(IntUnaryOperator.identity());
    return buffers;
  }

  private static void assertDisjoint(List<Buffer> buffers) {
    for (Buffer a : buffers) {
      for (Buffer b : buffers) {
        if (a != b && a.birth <= b.death && b.birth <= a.death && a.arena == b.arena) {
          assertThat(a.offset + a.size <= b.offset || b.offset + b.size <= a.offset).isTrue();
        }
      }
    }
  }

  /** Floats alive at the worst time. */
  private static long peak(List<Buffer> buffers) {
    return IntStream.range(0, 200)
        .mapToLong(
            t ->
                buffers.stream()
                    .filter(b -> b.birth <= t && t <= b.death)
                    .mapToLong(b -> b.size)
                    .sum())
        .max()
        .orElseThrow();
  }

  @RepeatedTest(20)
  void buffersAliveAtTheSameTimeShareNothing(RepetitionInfo info) {
    SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    Memory memory = new Memory();
    List<Buffer> buffers = random(memory, random, 200, 5000);
    assertDisjoint(buffers);
    long peak = peak(buffers);
    assertThat(memory.floats()).isBetween(peak, peak * 3 / 2);
  }

  @Test
  void largeBuffersGoToArraysOfTheirOwn() {
    Memory memory = new Memory();
    List<Buffer> buffers = random(memory, new SplittableRandom(5), 60, 600_000_000L);
    assertDisjoint(buffers);
    assertThat(buffers).allSatisfy(b -> assertThat(b.offset + b.size).isLessThan(1L << 31));
    assertThat(buffers).anySatisfy(b -> assertThat(b.arena).isPositive());
  }

  @Test
  void disjointLivesShareOnePlace() {
    Memory memory = new Memory();
    List<Buffer> buffers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Buffer b = memory.buffer(1000);
      b.touch(2 * i, 0);
      b.touch(2 * i + 1, 0);
      buffers.add(b);
    }
    memory.assign(IntUnaryOperator.identity());
    assertThat(buffers).allSatisfy(b -> assertThat(b.offset).isZero());
  }

  @Test
  void whatNobodyTouchesTakesNothing() {
    Memory memory = new Memory();
    Buffer unused = memory.buffer(1_000_000);
    Buffer used = memory.buffer(100);
    used.touch(3, 0);
    memory.assign(IntUnaryOperator.identity());
    memory.allocate();
    assertThat(unused.data).isEmpty();
    assertThat(memory.floats()).isLessThan(200);
    assertThat(used.data.length).isGreaterThanOrEqualTo(used.at + 100);
  }

  @Test
  void onePlanHasOneNetwork() {
    Memory memory = new Memory();
    memory.buffer(10).touch(0, 0);
    memory.assign(IntUnaryOperator.identity());
    memory.allocate();
    assertThatIllegalStateException()
        .isThrownBy(memory::allocate)
        .withMessageContaining("plan again");
  }
}
