package io.github.oche.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchStreamTest {
  private final ImageData images = Fixtures.images(23, 3, 8, 12, 23, 1);
  private final Normalisation normalisation = Normalisation.of(images);

  private Batches batches(Order order) {
    return new Batches(images, 5, order, Augmentation.RETRAINING, normalisation, 9);
  }

  @Test
  void streamsGiveWhatEachStepGivesAlone() {
    for (Order order : Order.values()) {
      Batches batches = batches(order);
      for (long first : new long[] {0, 3, 11}) {
        try (BatchStream stream = batches.from(first)) {
          for (long step = first; step < first + 12; step++) {
            assertSame(stream.next(), batches.at(step));
          }
        }
      }
    }
  }

  @Test
  void anEpochEndsAfterItsShortBatch() {
    Batches batches = batches(Order.SHUFFLED);
    try (BatchStream stream = batches.epoch(2)) {
      for (int p = 0; p < 5; p++) {
        assertThat(stream.hasNext()).isTrue();
        assertSame(stream.next(), batches.at(10 + p));
      }
      assertThat(stream.hasNext()).isFalse();
      assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
    }
  }

  @Test
  void manyStreamsAtOnceGiveTheSameBits() throws Exception {
    Batches batches = batches(Order.SHUFFLED);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Integer>> sums = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        Callable<Integer> task =
            () -> {
              int hash = 0;
              try (BatchStream stream = batches.from(0)) {
                for (int step = 0; step < 200; step++) {
                  hash = 31 * hash + Arrays.hashCode(stream.next().images());
                }
              }
              return hash;
            };
        sums.add(pool.submit(task));
      }
      // The short batch leaves what its buffer held before, so streams are compared with streams.
      for (Future<Integer> sum : sums) {
        assertThat(sum.get()).isEqualTo(sums.get(0).get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theNextBatchIsMadeWhileThePresentOneIsUsedAndNoMore() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch second = new CountDownLatch(2);
    BatchStream.Filler filler =
        (step, into) -> {
          into.step = step;
          made.incrementAndGet();
          second.countDown();
        };
    try (BatchStream stream = new BatchStream(() -> new Batch(1, 1), filler, 0, 100)) {
      Batch held = stream.next();
      assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(50);
      assertThat(made.get()).isEqualTo(2);
      assertThat(held.step()).isZero(); // what is lent is not written
      assertThat(stream.next().step()).isEqualTo(1);
    }
  }

  @Test
  void twoBuffersServeForEver() {
    Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    try (BatchStream stream = batches(Order.SHUFFLED).from(0)) {
      for (int i = 0; i < 100; i++) {
        arrays.add(stream.next().images());
      }
    }
    assertThat(arrays).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aStepAllocatesNextToNothing() {
    com.sun.management.ThreadMXBean bean =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Order order : Order.values()) {
      try (BatchStream stream = batches(order).from(0)) {
        for (int i = 0; i < 200; i++) {
          stream.next();
        }
        long maker = bean.getThreadAllocatedBytes(stream.maker().getId());
        long caller = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < 1000; i++) {
          stream.next();
        }
        maker = bean.getThreadAllocatedBytes(stream.maker().getId()) - maker;
        caller = bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - caller;
        // a batch is 6 kB, so 1,000 of them would be 6 MB; queues allocate a node when they wait
        assertThat(maker).isLessThan(300_000);
        assertThat(caller).isLessThan(300_000);
      }
    }
  }

  @Test
  void failuresReachTheCallerAfterTheBatchesBeforeThem() {
    OutOfMemoryError failure = new OutOfMemoryError("test");
    BatchStream.Filler filler =
        (step, into) -> {
          into.step = step;
          if (step == 2) {
            throw failure;
          }
        };
    try (BatchStream stream = new BatchStream(() -> new Batch(1, 1), filler, 0, 100)) {
      assertThat(stream.next().step()).isZero();
      assertThat(stream.next().step()).isEqualTo(1);
      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(stream::next).isSameAs(failure);
      assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(stream::next);
    }
  }

  @Test
  void closingEndsTheThreadWhateverItDoes() {
    BatchStream untouched = batches(Order.FILE).from(0);
    BatchStream used = batches(Order.FRESH).from(0);
    used.next();
    BatchStream finished = batches(Order.FILE).epoch(0);
    while (finished.hasNext()) {
      finished.next();
    }
    for (BatchStream stream : new BatchStream[] {untouched, used, finished}) {
      assertThat(stream.maker().isDaemon()).isTrue();
      stream.close();
      stream.close();
      assertThat(stream.maker().isAlive()).isFalse();
      assertThatIllegalStateException().isThrownBy(stream::next).withMessageContaining("closed");
    }
  }

  @Test
  void aWaitingCallerCanBeInterrupted() {
    BatchStream.Filler sleeper =
        (step, into) -> {
          try {
            Thread.sleep(100_000);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    try (BatchStream stream = new BatchStream(() -> new Batch(1, 1), sleeper, 0, 100)) {
      Thread.currentThread().interrupt();
      assertThatIllegalStateException()
          .isThrownBy(stream::next)
          .withMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertSame(Batch actual, Batch expected) {
    assertThat(actual.step()).isEqualTo(expected.step());
    assertThat(actual.count()).isEqualTo(expected.count());
    for (int i = 0; i < expected.count(); i++) {
      assertThat(actual.labels()[i]).isEqualTo(expected.labels()[i]);
      int from = i * images.imageSize();
      int to = from + images.imageSize();
      assertThat(Arrays.equals(actual.images(), from, to, expected.images(), from, to)).isTrue();
    }
  }
}
