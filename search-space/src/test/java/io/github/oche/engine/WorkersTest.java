package io.github.oche.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyPieceIsDoneOnceInEachOfManyRounds(int threads) {
    int rounds = 300;
    AtomicIntegerArray done = new AtomicIntegerArray(17);
    try (Workers workers = new Workers(threads)) {
      assertThat(workers.threads()).isEqualTo(threads);
      for (int round = 1; round <= rounds; round++) {
        workers.run(round % 18, (index, worker) -> done.incrementAndGet(index));
      }
    }
    for (int i = 0; i < done.length(); i++) {
      int expected = 0;
      for (int round = 1; round <= rounds; round++) {
        expected += round % 18 > i ? 1 : 0;
      }
      assertThat(done.get(i)).isEqualTo(expected);
    }
  }

  @Test
  void aWorkersIndexIsItsOwnWhileItWorks() {
    int threads = 3;
    AtomicIntegerArray inside = new AtomicIntegerArray(threads);
    AtomicBoolean shared = new AtomicBoolean();
    Set<Long> ids = ConcurrentHashMap.newKeySet();
    try (Workers workers = new Workers(threads)) {
      for (int round = 0; round < 200; round++) {
        workers.run(
            20,
            (index, worker) -> {
              shared.compareAndSet(false, inside.incrementAndGet(worker) != 1);
              ids.add(Thread.currentThread().getId());
              inside.decrementAndGet(worker);
            });
      }
    }
    assertThat(shared).isFalse();
    assertThat(ids).hasSizeBetween(1, threads);
  }

  @Test
  void whatAPieceWritesIsSeenByTheCallerAndByTheNextRound() {
    int[] sums = new int[8];
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 1000; round++) {
        workers.run(8, (index, worker) -> sums[index]++);
        int turned = round;
        workers.run(8, (index, worker) -> sums[(index + turned) % 8]++);
      }
    }
    assertThat(sums).containsOnly(2000);
  }

  @Test
  void sleepersWakeUp() throws InterruptedException {
    AtomicIntegerArray done = new AtomicIntegerArray(4);
    try (Workers workers = new Workers(2)) {
      for (int round = 0; round < 4; round++) {
        Thread.sleep(60);
        workers.run(4, (index, worker) -> done.incrementAndGet(index));
      }
    }
    assertThat(done).hasToString("[4, 4, 4, 4]");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anExceptionReachesTheCallerAndThePoolGoesOn(int threads) {
    try (Workers workers = new Workers(threads)) {
      for (int bad = 0; bad < 12; bad++) {
        int failing = bad;
        assertThatThrownBy(
                () ->
                    workers.run(
                        12,
                        (index, worker) -> {
                          if (index == failing) {
                            throw new ArithmeticException("piece " + index);
                          }
                        }))
            .isInstanceOf(ArithmeticException.class)
            .hasMessage("piece " + bad);
        AtomicIntegerArray done = new AtomicIntegerArray(5);
        workers.run(5, (index, worker) -> done.incrementAndGet(index));
        assertThat(done).hasToString("[1, 1, 1, 1, 1]");
      }
    }
  }

  @Test
  void anErrorReachesTheCallerToo() {
    try (Workers workers = new Workers(2)) {
      assertThatThrownBy(
              () ->
                  workers.run(
                      4,
                      (index, worker) -> {
                        throw new StackOverflowError();
                      }))
          .isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void noPiecesAreNoWork() {
    try (Workers workers = new Workers(2)) {
      workers.run(
          0,
          (index, worker) -> {
            throw new AssertionError();
          });
    }
  }

  @Test
  void closedWorkersRefuseInsteadOfWaitingForEver() {
    Workers workers = new Workers(2);
    workers.close();
    workers.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> workers.run(2, (index, worker) -> {}))
        .withMessage("the workers are closed");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1025})
  void refusesAnImpossibleNumberOfThreads(int threads) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Workers(threads))
        .withMessage("threads must be between 1 and 1024, was " + threads);
  }
}
