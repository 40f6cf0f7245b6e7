package io.github.oche.cli;

import com.google.common.collect.ImmutableList;
import io.github.oche.evaluation.ClassScore;
import io.github.oche.evaluation.Confusion;
import java.util.Locale;

/** Scores of each class, a line each. */
final class ClassTable {
  /** With more classes, the file must do. */
  private static final int MOST_CLASSES = 20;

  private static final int WIDEST_NAME = 24;

  private ClassTable() {}

  /** Returns a header and a line a class; none at all if there are many classes. */
  static ImmutableList<String> lines(Confusion confusion) {
    if (confusion.classes().size() > MOST_CLASSES) {
      return ImmutableList.of();
    }
    int widest = confusion.classes().stream().mapToInt(c -> name(c).length()).reduce(5, Math::max);
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        String.format(
            Locale.ROOT, "  %-" + widest + "s  images  precision  recall     F1", "class"));
    for (ClassScore c : confusion.classes()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-" + widest + "s  %,6d  %9.3f  %6.3f  %5.3f",
              name(c),
              c.images(),
              c.precision(),
              c.recall(),
              c.f1()));
    }
    return lines.build();
  }

  /** Names may come from folders: what a terminal would obey is not printed. */
  private static String name(ClassScore c) {
    String plain = c.name().replaceAll("\\p{Cntrl}", "?");
    return plain.length() <= WIDEST_NAME ? plain : plain.substring(0, WIDEST_NAME - 3) + "...";
  }
}
