package io.github.oche.evaluation.report;

import com.google.common.base.Ascii;
import com.google.common.base.Joiner;
import java.io.IOException;

/** A form of a {@link Table}. Lines end with a line feed on every system. */
public enum TableFormat {
  /**
   * Aligned columns for a screen; title and notes in lines of 100 characters, and groups of columns
   * that do not fit into as many below; see {@link Column#openingGroup}. ASCII, if the table is.
   */
  TEXT {
    @Override
    public void write(Table table, Appendable to) throws IOException {
      TextTable.write(table, to);
    }
  },

  /** A table of GitHub's Markdown, with the title above and the notes as a list below. */
  MARKDOWN {
    @Override
    public void write(Table table, Appendable to) throws IOException {
      MarkdownTable.write(table, to);
    }
  },

  /**
   * Comma-separated values (RFC 4180, but with line feeds): header and rows alone, for programs. A
   * spread is two or three columns, see {@link Column}; what is not known is empty.
   */
  CSV {
    @Override
    public void write(Table table, Appendable to) throws IOException {
      CsvTable.write(table, to);
    }
  },

  /**
   * A floating table of LaTeX, which needs {@code \\usepackage{booktabs}} and nothing else, and
   * fits a page of the class article: groups of columns that do not fit stand below, long texts are
   * broken, and long notes follow the table as text.
   */
  LATEX {
    @Override
    public void write(Table table, Appendable to) throws IOException {
      LatexTable.write(table, to);
    }
  };

  /**
   * Writes a table.
   *
   * @throws IOException if {@code to} throws it
   */
  public abstract void write(Table table, Appendable to) throws IOException;

  /**
   * Reads the name of a form, such as {@code markdown}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static TableFormat parse(String name) {
    for (TableFormat format : values()) {
      if (format.toString().equals(Ascii.toLowerCase(name))) {
        return format;
      }
    }
    throw new IllegalArgumentException(
        "unknown table format \"" + name + "\"; known: " + Joiner.on(", ").join(values()));
  }

  @Override
  public String toString() {
    return Ascii.toLowerCase(name());
  }
}
