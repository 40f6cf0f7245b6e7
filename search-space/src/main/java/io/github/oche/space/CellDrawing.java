package io.github.oche.space;

import com.google.common.collect.ImmutableList;
import java.util.Locale;

/**
 * Draws the two cells of a genotype as SVG, readable on a light and on a dark ground.
 *
 * <p>A state stands in a row of its own, and in the column of its depth; the operations that feed
 * it stand before it. So a line moves up or down only in the free space behind the state it leaves,
 * whose colour it has, and runs straight from there: it never passes behind another operation.
 */
public final class CellDrawing {
  private static final int ROW = 66;
  private static final int PILL_HEIGHT = 22;
  private static final int PILL_GAP = 4;
  private static final int LETTER = 7; // width of a letter of 11.5 pixels, monospaced
  private static final int GAP = 64; // free space behind a column
  private static final int NODE = 15; // radius
  private static final int BOX_WIDTH = 52;
  private static final int BOX_HEIGHT = 30;
  private static final int MARGIN = 16;
  private static final int TITLE = 34;
  private static final ImmutableList<String> COLOURS =
      ImmutableList.of(
          "#4c9be8", "#e8924c", "#3fae7a", "#c07be0", "#d4a72c", "#e0607e", "#4fb3bf", "#9aa53b");
  private static final String GREY = "#8b949e";

  private final int pill;
  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder boxes = new StringBuilder();
  private int width;
  private int top;

  private CellDrawing(Genotype genotype) {
    int longest =
        ImmutableList.of(genotype.normal(), genotype.reduction()).stream()
            .flatMap(cell -> cell.genes().stream())
            .mapToInt(gene -> gene.operation().length())
            .max()
            .orElseThrow();
    pill = LETTER * longest + 16;
  }

  /** Returns the drawing as a whole SVG document: the normal cell above the reduction cell. */
  public static String svg(Genotype genotype) {
    CellDrawing drawing = new CellDrawing(genotype);
    drawing.cell("Normal cell", genotype.normal());
    drawing.cell("Reduction cell", genotype.reduction());
    return drawing.document();
  }

  private String document() {
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
            + "<title>Normal and reduction cell</title>\n"
            + "<g fill=\"none\" stroke-width=\"1.6\">\n%s</g>\n"
            + "<g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"11.5\""
            + " text-anchor=\"middle\">\n%s</g>\n</svg>\n",
        width,
        top,
        width,
        top,
        lines,
        boxes);
  }

  private void cell(String title, CellGenotype cell) {
    int nodes = cell.nodes();
    int[] depth = new int[CellGenotype.INPUTS + nodes];
    int deepest = 0;
    for (int k = 0; k < cell.genes().size(); k++) {
      int state = CellGenotype.INPUTS + k / 2;
      depth[state] = Math.max(depth[state], depth[cell.genes().get(k).input()] + 1);
      deepest = Math.max(deepest, depth[state]);
    }
    int[] x = new int[depth.length]; // right end of each state
    int[] y = new int[depth.length]; // its middle
    int middle = top + TITLE + nodes * ROW / 2;
    for (int state = 0; state < depth.length; state++) {
      boolean input = state < CellGenotype.INPUTS;
      x[state] = MARGIN + BOX_WIDTH + depth[state] * (GAP + pill + 2 * NODE + 10);
      y[state] =
          input
              ? middle + (2 * state - 1) * ROW / 2
              : top + TITLE + (state - CellGenotype.INPUTS) * ROW + ROW / 2;
    }
    text(MARGIN, top + 22, "start", GREY, 14, title);
    box(x[0], y[0], colour(0), "k - 2");
    box(x[1], y[1], colour(1), "k - 1");
    for (int k = 0; k < cell.genes().size(); k++) {
      Gene gene = cell.genes().get(k);
      int state = CellGenotype.INPUTS + k / 2;
      int to = x[state] - 2 * NODE - 10 - pill;
      int at = y[state] + (2 * (k % 2) - 1) * (PILL_HEIGHT + PILL_GAP) / 2;
      line(x[gene.input()], y[gene.input()], x[gene.input()] + GAP, to, at, colour(gene.input()));
      line(to + pill, at, x[state] - NODE, x[state] - NODE, y[state], colour(gene.input()));
      pill(to, at, colour(gene.input()), gene.operation());
    }
    int out = MARGIN + BOX_WIDTH + deepest * (GAP + pill + 2 * NODE + 10) + GAP;
    for (int i = 0; i < cell.concat().size(); i++) {
      int state = cell.concat().get(i);
      int at =
          middle + (2 * i - cell.concat().size() + 1) * BOX_HEIGHT / (2 * cell.concat().size());
      // straight to the last free space, where it bends
      lines.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %dH%d\" stroke=\"%s\"/>\n",
              x[state],
              y[state],
              out - GAP,
              colour(state)));
      line(out - GAP, y[state], out, out, at, colour(state));
    }
    for (int state = CellGenotype.INPUTS; state < depth.length; state++) {
      node(x[state] - NODE, y[state], colour(state), String.valueOf(state - CellGenotype.INPUTS));
    }
    box(out + BOX_WIDTH, middle, GREY, "k");
    width = Math.max(width, out + BOX_WIDTH + MARGIN);
    top += TITLE + nodes * ROW + MARGIN;
  }

  private static String colour(int state) {
    return COLOURS.get(state % COLOURS.size());
  }

  /** From (x, y) in a curve to (bend, at), and straight on to (to, at). */
  private void line(int x, int y, int bend, int to, int at, String colour) {
    int half = (x + bend) / 2;
    lines.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %dC%d %d %d %d %d %dH%d\" stroke=\"%s\"/>\n",
            x,
            y,
            half,
            y,
            half,
            at,
            bend,
            at,
            to,
            colour));
  }

  private void pill(int x, int y, String colour, String operation) {
    boxes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"11\" fill=\"#f2f4f7\" stroke=\"%s\" stroke-width=\"1.6\"/>\n",
            x,
            y - PILL_HEIGHT / 2,
            pill,
            PILL_HEIGHT,
            colour));
    text(x + pill / 2, y + 4, "middle", "#1f2328", 11.5, operation);
  }

  private void node(int x, int y, String colour, String label) {
    boxes.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>\n",
            x,
            y,
            NODE,
            colour));
    text(x, y + 4, "middle", "#111", 13, label);
  }

  private void box(int right, int y, String colour, String label) {
    boxes.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\"/>\n",
            right - BOX_WIDTH,
            y - BOX_HEIGHT / 2,
            BOX_WIDTH,
            BOX_HEIGHT,
            colour));
    text(right - BOX_WIDTH / 2, y + 4, "middle", "#111", 11.5, label);
  }

  /** Names of operations have no character that XML reserves ({@link Gene}). */
  private void text(int x, int y, String anchor, String colour, double size, String text) {
    boxes.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%s\">%s</text>\n",
            x,
            y,
            anchor,
            colour,
            size,
            text));
  }
}
