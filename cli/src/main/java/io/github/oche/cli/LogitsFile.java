package io.github.oche.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.oche.darts.CsvRows;
import io.github.oche.evaluation.LogitsListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVPrinter;

/** Writes logits as CSV, one image a row: its index, its label, and a logit a class. */
final class LogitsFile implements LogitsListener {
  private final CSVPrinter printer;

  /** Writes the header; the stream is closed by the caller. */
  LogitsFile(OutputStream out, int classes) throws IOException {
    printer = new CSVPrinter(new OutputStreamWriter(out, UTF_8), CsvRows.FORMAT);
    printer.print("index");
    printer.print("label");
    for (int c = 0; c < classes; c++) {
      printer.print("logit" + c);
    }
    printer.println();
  }

  @Override
  public void image(int image, int label, float[] logits) {
    try {
      printer.print(image);
      printer.print(label);
      for (float logit : logits) {
        printer.print(logit);
      }
      printer.println();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void flush() throws IOException {
    printer.flush();
  }
}
