package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * Standard output and standard error.
 *
 * <p>The launcher sends the JVM's standard error through a filter that takes out the notice about
 * the incubator module, and keeps the true one open as another descriptor. Written to directly,
 * what is printed there is out when the process ends, in its order.
 */
final class StandardStreams {
  /** Number of the true standard error, set by the launcher, which also opens java.io to us. */
  private static final String PROPERTY = "oche.stderr";

  private StandardStreams() {}

  /** Returns a writer to standard output. */
  static PrintWriter out() {
    return writer(System.out, "stdout");
  }

  /** Returns a writer to the true standard error, and makes {@code System.err} write there too. */
  static PrintWriter err() {
    restore();
    return writer(System.err, "stderr");
  }

  /** Does nothing where the launcher asked for nothing; what is printed then passes the filter. */
  private static void restore() {
    Integer number = Integer.getInteger(PROPERTY);
    if (number == null) {
      return;
    }
    try {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileOutputStream stream = new FileOutputStream(constructor.newInstance(number));
      System.setErr(new PrintStream(stream, true, charset("stderr")));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // The filter passes everything on, only a moment later.
    }
  }

  private static PrintWriter writer(PrintStream stream, String name) {
    return new PrintWriter(new OutputStreamWriter(stream, charset(name)), true);
  }

  /** Returns what the terminal reads; Java 17 says so only where there is one. */
  private static Charset charset(String name) {
    String terminal =
        System.getProperty("sun." + name + ".encoding", System.getProperty("native.encoding"));
    String charset = System.getProperty(name + ".encoding", terminal);
    return charset == null || !Charset.isSupported(charset) ? UTF_8 : Charset.forName(charset);
  }
}
