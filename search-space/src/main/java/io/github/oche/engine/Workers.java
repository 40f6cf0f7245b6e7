package io.github.oche.engine;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Throwables;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed pool of threads that shares out the pieces of one job at a time; the caller is one of
 * them.
 *
 * <p>Which thread gets which piece is left to chance: a job must give the same result for any
 * assignment. A job is over when its pieces are done, not when every thread has looked in: on a
 * busy machine the caller does what others do not come to. Who waits spins (a step has thousands of
 * jobs, some of them a few microseconds long), then yields, then sleeps. Use by one caller at a
 * time; close it when done.
 */
@SuppressWarnings("ThreadPriorityCheck") // yields while it waits: see above
public final class Workers implements AutoCloseable {
  /** One piece of a job. */
  @FunctionalInterface
  public interface Task {
    /**
     * Does piece {@code index}.
     *
     * @param index of the piece
     * @param worker who does it, from 0 to {@link #threads()} - 1: an index for scratch memory
     */
    void run(int index, int worker);
  }

  private static final int SPINS = 10_000;
  private static final int YIELDS = 10_000;
  private static final Task NOTHING = (index, worker) -> {};

  private final Helper[] helpers;

  /**
   * Pieces of the present job that nobody has taken yet, and above them the job's number, so that a
   * thread that comes late cannot take a piece of one job for a piece of another.
   */
  private final AtomicLong open = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private volatile Task task = NOTHING;
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;
  private long job;

  /** A pool of {@code threads} threads, the caller's included; between 1 and 1024. */
  public Workers(int threads) {
    checkArgument(
        threads >= 1 && threads <= 1024, "threads must be between 1 and 1024, was %s", threads);
    helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(i + 1);
    }
    for (Helper helper : helpers) {
      helper.start();
    }
  }

  /** How many threads work, the caller's included. */
  public int threads() {
    return helpers.length + 1;
  }

  /** Runs all pieces from 0 to {@code pieces} - 1 and returns when they are done. */
  public void run(int pieces, Task task) {
    checkState(!closed, "the workers are closed");
    if (helpers.length == 0 || pieces <= 1) {
      for (int i = 0; i < pieces; i++) {
        task.run(i, 0);
      }
      return;
    }
    this.task = task;
    unfinished.set(pieces);
    job++;
    open.set(job << Integer.SIZE | pieces);
    for (Helper helper : helpers) {
      if (helper.asleep) {
        LockSupport.unpark(helper);
      }
    }
    work(0);
    for (int spin = 0; unfinished.get() > 0; spin++) {
      if (spin < SPINS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      Throwables.throwIfUnchecked(thrown);
    }
  }

  /** Takes pieces, the last first, while there are any; whether there were. */
  private boolean work(int worker) {
    boolean any = false;
    while (true) {
      long before = open.get();
      int pieces = (int) before;
      if (pieces == 0) {
        return any;
      }
      Task mine = task; // of this job, if the next line succeeds: a job's pieces go before its task
      if (open.compareAndSet(before, before - 1)) {
        any = true;
        try {
          mine.run(pieces - 1, worker);
        } catch (RuntimeException | Error e) {
          failure = e;
        } finally {
          unfinished.decrementAndGet();
        }
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private final class Helper extends Thread {
    final int worker;
    volatile boolean asleep;

    Helper(int worker) {
      super("oche-worker-" + worker);
      setDaemon(true);
      this.worker = worker;
    }

    @Override
    public void run() {
      for (int idle = 0; !closed; idle++) {
        if (work(worker)) {
          idle = 0;
        } else if (idle < SPINS) {
          Thread.onSpinWait();
        } else if (idle < SPINS + YIELDS) {
          Thread.yield();
        } else {
          asleep = true;
          if ((int) open.get() == 0 && !closed) {
            LockSupport.park(this);
          }
          asleep = false;
        }
      }
    }
  }
}
