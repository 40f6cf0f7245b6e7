package io.github.oche.darts;

/**
 * How fast steps come, for people: a mean in which a step counts a tenth less with each step that
 * follows.
 */
public final class Pace {
  private static final double KEPT = 0.9;

  private final long total;
  private long done;
  private long last;
  private double weight;
  private double seconds;
  private double images;

  /** A pace of which {@code total} steps are the whole. */
  public Pace(long total) {
    this.total = total;
  }

  /** The clock runs from here. */
  public void start() {
    last = System.nanoTime();
  }

  /** One more step is done, with this many images. */
  public void step(int count) {
    long now = System.nanoTime();
    weight = KEPT * weight + 1;
    seconds = KEPT * seconds + (now - last) / 1e9;
    images = KEPT * images + count;
    last = now;
    done++;
  }

  /** Images a second, lately. */
  public double imagesPerSecond() {
    return images / seconds;
  }

  /** An estimate of the seconds to the last step. */
  public double secondsLeft() {
    return (total - done) * seconds / weight;
  }
}
