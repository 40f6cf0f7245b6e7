package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;

/** Finds the known name that somebody probably meant. */
final class Nearest {
  private static final int LONGEST = 80;

  private Nearest() {}

  /**
   * Returns the name with the smallest edit distance (insertion, deletion, replacement; capitals do
   * not count), the first of equals.
   *
   * @param names at least one
   */
  static String to(String wanted, Collection<String> names) {
    String nearest = "";
    int smallest = Integer.MAX_VALUE;
    for (String name : names) {
      int distance = distance(wanted, name);
      if (distance < smallest) {
        smallest = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /** Returns the nearest names, the nearest first; equals keep their order. */
  static ImmutableList<String> to(String wanted, Collection<String> names, int count) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
        .limit(count)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Levenshtein's distance by rows; a name of foreign origin may be long, so no more than its first
   * 80 characters count.
   */
  static int distance(String first, String second) {
    String a = first.substring(0, Math.min(LONGEST, first.length()));
    String b = second.substring(0, Math.min(LONGEST, second.length()));
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      char letter = Character.toLowerCase(a.charAt(i - 1));
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (letter == Character.toLowerCase(b.charAt(j - 1)) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
