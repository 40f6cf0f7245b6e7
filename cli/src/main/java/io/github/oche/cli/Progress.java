package io.github.oche.cli;

import io.github.oche.data.Dataset;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Shows how far something is: one line, redrawn, on a terminal; a plain line every half minute
 * elsewhere. What is to stay, such as the genotype of an epoch, is printed with {@link #say}.
 */
final class Progress {
  private static final long REDRAW = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long PLAIN_LINE = TimeUnit.SECONDS.toNanos(30);

  private static final double GIGABYTE = 1 << 30;

  private final PrintWriter out;
  private final Terminal terminal;
  private final LongSupplier nanoTime;
  private long lastShown;
  private int drawn;

  /**
   * Starts the clock.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Progress(PrintWriter out, Terminal terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.lastShown = nanoTime.getAsLong();
  }

  /** Starts on the process's terminal, and says which images they are. */
  static Progress of(PrintWriter out, Dataset images) {
    Progress progress = new Progress(out, Terminal.ofProcess(), System::nanoTime);
    progress.say(images.describe());
    images.notes().forEach(progress::say);
    return progress;
  }

  /** Shows a line if it is time to; it is not made otherwise. */
  void update(Supplier<String> line) {
    long now = nanoTime.getAsLong();
    if (now - lastShown < (terminal.redraws() ? REDRAW : PLAIN_LINE)) {
      return;
    }
    lastShown = now;
    if (terminal.redraws()) {
      redraw(line.get());
    } else {
      say(line.get());
    }
  }

  /** Prints a line that stays. */
  void say(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** Prints how much memory what comes next will take, and how much there is. */
  void sayHeap(long needed) {
    say(
        String.format(
            Locale.ROOT,
            "needs about %.2f GB of the heap's %.2f GB",
            needed / GIGABYTE,
            Runtime.getRuntime().maxMemory() / GIGABYTE));
  }

  /** Removes the line that is redrawn. */
  void clear() {
    if (drawn > 0) {
      out.print("\r" + " ".repeat(drawn) + "\r");
      out.flush();
      drawn = 0;
    }
  }

  private void redraw(String line) {
    String fitting = line.substring(0, Math.min(line.length(), terminal.columns() - 1));
    out.print("\r" + fitting + " ".repeat(Math.max(0, drawn - fitting.length())));
    out.flush();
    drawn = fitting.length();
  }

  /**
   * Returns seconds as {@code 42s}, {@code 3m05s} or {@code 2h07m}; {@code ?} if they are unknown.
   */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "?";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%dh%02dm", whole / 3600, whole % 3600 / 60);
  }
}
