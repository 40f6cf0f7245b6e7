package io.github.oche.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.oche.darts.DivergedException;
import io.github.oche.darts.HeapException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private final StringWriter err = new StringWriter();

  private int report(Throwable thrown, boolean stackTraces) {
    return new Failures(stackTraces).report(thrown, "oche", new PrintWriter(err, true));
  }

  private static HeapException tooLittleHeap() {
    return catchThrowableOfType(
        HeapException.class, () -> HeapException.check("the search", Long.MAX_VALUE, "the batch"));
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new IllegalArgumentException("batch is 0"), 2, "batch is 0"),
        Arguments.of(new NoSuchFileException("x.bin"), 2, "x.bin: no such file or folder"),
        Arguments.of(new AccessDeniedException("x.bin"), 2, "x.bin: permission denied"),
        Arguments.of(new UncheckedIOException(new IOException("cut")), 2, "cut"),
        Arguments.of(new DivergedException(3, "loss", Double.NaN), 3, "step 3: loss is NaN"),
        Arguments.of(tooLittleHeap(), 4, "the search needs"),
        Arguments.of(new OutOfMemoryError("Java heap space"), 4, "OCHE_JAVA_OPTS=-Xmx"),
        Arguments.of(new IOException("No space left on device"), 4, "No space left"),
        Arguments.of(
            new FileSystemException("a.csv", null, "No space left on device"),
            4,
            "a.csv: No space"),
        Arguments.of(new IllegalStateException("odd"), 1, "internal error: "),
        Arguments.of(new StackOverflowError(), 1, "internal error: "));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void eachKindHasItsExitCodeAndOneLine(Throwable thrown, int code, String message) {
    assertThat(report(thrown, false)).isEqualTo(code);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith("oche: ").contains(message);
  }

  @Test
  void whateverAMessageQuotesItStaysOneLineOfBoundedLength() {
    report(new IllegalArgumentException("name \"a\nb\r\u001b[2Jc\" " + "x".repeat(5000)), false);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("a b [2Jc").hasSizeLessThan(1100);
  }

  @Test
  void theStackTraceOfAFaultIsShownOnRequest() {
    report(new IllegalStateException("odd"), true);
    assertThat(err.toString()).contains("\tat io.github.oche.cli.FailuresTest");
  }
}
