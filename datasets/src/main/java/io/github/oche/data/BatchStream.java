package io.github.oche.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Throwables;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches in the order of their steps, the next one made by a background thread while the present
 * one is used.
 *
 * <p>Two buffers change hands; a step allocates nothing to speak of. To be used by one thread, and
 * closed: the background thread is a daemon and ends then, or after the last batch.
 */
public final class BatchStream implements AutoCloseable {
  private static final int BUFFERS = 2;

  private final Filler filler;
  private final long end;
  private final BlockingQueue<Batch> free = new ArrayBlockingQueue<>(BUFFERS);
  private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(BUFFERS + 1);
  private final Batch failed = new Batch(0, 0);
  private final Thread maker;
  private volatile @Nullable Throwable failure;
  private @Nullable Batch lent;
  private long next;
  private boolean closed;

  /** Writes the batch of a step. */
  @FunctionalInterface
  interface Filler {
    void fill(long step, Batch into);
  }

  BatchStream(Batches batches, long first, long end) {
    this(batches::emptyBatch, new BatchMaker(batches), first, end);
  }

  BatchStream(Supplier<Batch> buffers, Filler filler, long first, long end) {
    checkArgument(0 <= first && first <= end, "steps from %s to %s", first, end);
    this.filler = filler;
    this.next = first;
    this.end = end;
    for (int i = 0; i < BUFFERS; i++) {
      free.add(buffers.get());
    }
    maker = new Thread(() -> make(first), "oche-batches");
    maker.setDaemon(true);
    maker.start();
  }

  /** {@return whether another batch follows} */
  public boolean hasNext() {
    return next < end;
  }

  /**
   * {@return the next batch, waiting for it if need be}
   *
   * <p>The batch returned before is given back by this call: its arrays will be written again.
   *
   * @throws NoSuchElementException after the last batch
   * @throws IllegalStateException if closed, or if the calling thread is interrupted
   */
  public Batch next() {
    checkState(!closed, "the batches are closed");
    if (!hasNext()) {
      throw new NoSuchElementException("no batch after step " + (end - 1));
    }
    if (lent != null) {
      free.add(lent);
      lent = null;
    }
    Batch batch = take();
    if (batch == failed) {
      ready.add(failed); // so that asking again fails again and does not wait
      throw new IllegalStateException("batch of step " + next + " failed", failureToThrow());
    }
    lent = batch;
    next++;
    return batch;
  }

  /** Ends the background thread and waits for it. Closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    maker.interrupt();
    Uninterruptibles.joinUninterruptibly(maker);
  }

  Thread maker() {
    return maker;
  }

  private Batch take() {
    try {
      return ready.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the batch of step " + next, e);
    }
  }

  /** Throws an unchecked failure as it is (running out of memory must stay that). */
  private @Nullable Throwable failureToThrow() {
    Throwable cause = failure;
    if (cause != null) {
      Throwables.throwIfUnchecked(cause);
    }
    return cause;
  }

  private void make(long first) {
    try {
      for (long step = first; step < end; step++) {
        Batch batch = free.take();
        filler.fill(step, batch);
        ready.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits any more
    } catch (Throwable t) {
      failure = t;
      ready.add(failed);
    }
  }
}
