package io.github.oche.evaluation;

import com.google.common.primitives.ImmutableIntArray;
import io.github.oche.darts.CsvRows;

/** A confusion matrix and its classes as CSV. */
public final class ConfusionCsv {
  private ConfusionCsv() {}

  /** A row a class: its name, and how many of its images were taken for each class. */
  public static String counts(Confusion confusion) {
    StringBuilder text = new StringBuilder();
    int classes = confusion.classes().size();
    Object[] row = new Object[classes + 1];
    row[0] = "class";
    for (int answer = 0; answer < classes; answer++) {
      row[answer + 1] = confusion.classes().get(answer).name();
    }
    CsvRows.row(text, row);
    for (int label = 0; label < classes; label++) {
      ImmutableIntArray taken = confusion.counts().get(label);
      row[0] = confusion.classes().get(label).name();
      for (int answer = 0; answer < classes; answer++) {
        row[answer + 1] = taken.get(answer);
      }
      CsvRows.row(text, row);
    }
    return text.toString();
  }

  /** A row a class: label, name, images, precision, recall and F1, these from 0 to 1. */
  public static String classes(Confusion confusion) {
    StringBuilder text = new StringBuilder();
    CsvRows.row(text, "label", "class", "images", "precision", "recall", "f1");
    for (int label = 0; label < confusion.classes().size(); label++) {
      ClassScore c = confusion.classes().get(label);
      CsvRows.row(text, label, c.name(), c.images(), c.precision(), c.recall(), c.f1());
    }
    return text.toString();
  }
}
