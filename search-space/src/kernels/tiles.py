#!/usr/bin/env python3
"""Writes the unrolled register tiles of the vector kernels: DepthwiseTiles, DepthwiseWeightTiles, MatrixTiles, SumTiles.

usage: python3 tiles.py FOLDER-OF-THE-KERNEL-PACKAGE    then: mvn spotless:apply

The results are kept in the repository, so that a build needs no Python. Why the loops have this form: package-info.java.
"""
import sys

HEAD = """package io.github.oche.engine.kernel;

%simport static io.github.oche.engine.kernel.Lanes.FLOAT;
import static io.github.oche.engine.kernel.Lanes.FLOATS;
%simport static io.github.oche.engine.kernel.Lanes.V;

import jdk.incubator.vector.FloatVector;
%s
// Written by src/kernels/tiles.py. Change that, not this.

/** %s */
final class %s {
  private %s() {}
"""


def head(name, text, ints=False, fences=False):
    return HEAD % (
        "import static io.github.oche.engine.kernel.Lanes.FENCES;\n" if fences else "",
        "import static io.github.oche.engine.kernel.Lanes.INT;\nimport static io.github.oche.engine.kernel.Lanes.INTS;\n" if ints else "",
        "import jdk.incubator.vector.IntVector;\n" if ints else "", text, name, name)


def load(array, at):
    """A vector whose exact class the compiler knows."""
    return f"FLOAT.cast(FloatVector.fromArray(FLOATS, {array}, {at}))"


def broadcast(array, at):
    """One float to all lanes: as an integer it is one load, as a float a load and a shuffle."""
    return f"INT.cast(IntVector.broadcast(INTS, Float.floatToRawIntBits({array}[{at}]))).reinterpretAsFloats()"


def plus(base, n, unit):
    """base + n * unit, as short as it gets."""
    return base if n == 0 else f"{base} + {unit}" if n == 1 else f"{base} + {n} * {unit}"


def stores(tile, pitch):
    return "".join(f"    FLOAT.cast(a{a}).intoArray(y, {plus('o', a, pitch)});\n" for a in range(tile))


def fence(accumulator):
    """A store that nobody reads: no load is moved before it, so that few registers are enough."""
    return f"      if (FENCES) FLOAT.cast({accumulator}).intoArray(fence, 0);\n"


def additions(tile, pitch):
    return "".join(
        f"    FLOAT.cast({load('y', plus('o', a, pitch))}.add(a{a})).intoArray(y, {plus('o', a, pitch)});\n" for a in range(tile))


def depthwise():
    out = head("DepthwiseTiles", """Depthwise convolution: a few output pixels, all taps, tile after tile.

 * <p>{@code taps5x8d2s1} has 5 columns of taps, 8 output pixels a tile, dilation 2 and stride 1; tiles overlap at the end of a row,
 * which must hold at least one. {@code add} says whether to add to y. The innermost loop runs over rows of taps: it loads their
 * weights once, and each pixel once for all taps that read it. Nobody reads what goes to {@code fence}.""", fences=True)
    shapes = [(k, d, s) for k in (3, 5) for d in (1, 2) for s in (1, 2)] + [(2, 1, 1), (4, 1, 1), (7, 1, 1), (7, 1, 2)]
    for k, d, s in sorted(shapes):
        every = 2 if k >= 4 else 6 if s == 2 else 0
        for tile in (8, 4) if (k, s) != (7, 2) else (4,):  # more code than C1 takes
            out += f"""
  static void taps{k}x{tile}d{d}s{s}(
      float[] x, int at, int xRow, int tapRow, int taps, float[] w, int wAt, boolean add, float[] y, int to, int yRow,
      int rows, int columns, float[] fence) {{
    for (int r = 0; r < rows; r++) {{
      for (int t = 0; t < columns; t += {tile}) {{
        int j = Math.min(t, columns - {tile});
        int p = at + r * xRow + {'' if s == 1 else f'{s} * '}j * V;
        int o = to + r * yRow + j * V;
        int q = wAt;
"""
            for a in range(tile):
                out += f"        FloatVector a{a} = FloatVector.zero(FLOATS);\n"
            out += "        for (int i = 0; i < taps; i++) {\n"
            for b in range(k):
                out += f"          FloatVector w{b} = {load('w', plus('q', b, 'V'))};\n"
            positions = sorted({a * s + b * d for a in range(tile) for b in range(k)})
            for z, pos in enumerate(positions):
                out += f"          {'FloatVector ' if z == 0 else ''}v = {load('x', plus('p', pos, 'V'))};\n"
                oldest = None
                for a in range(tile):
                    b, rest = divmod(pos - a * s, d)
                    if rest == 0 and 0 <= b < k:
                        out += f"          a{a} = v.fma(w{b}, a{a});\n"
                        oldest = f"a{a}" if oldest is None else oldest
                if every and z % every == every - 1 and z + 1 < len(positions):
                    out += fence(oldest)
            out += f"          p += tapRow;\n          q += {k} * V;\n        }}\n"
            out += f"        if (add) {{\n{additions(tile, 'V')}        }} else {{\n{stores(tile, 'V')}        }}\n"
            out += "      }\n    }\n  }\n"
    # any taps, one tap a trip
    for tile in (8, 1):
        out += f"""
  /** Any taps: {tile} pixel{'s' if tile > 1 else ''}, a tap a trip; {"{@code step} floats from an output's first tap to the next's, " if tile > 1 else ''}{{@code gap}} from a tap to the next. */
  static void anyx{tile}(
      float[] x, int at, int row, int gap, {'int step, ' if tile > 1 else ''}int tapRows, int tapColumns, float[] w, int wAt,
      boolean add, float[] y, int o{', int pitch' if tile > 1 else ''}) {{
    int p = at;
    int skip = row - tapColumns * gap;
    int b = 0;
    int end = wAt + tapRows * tapColumns * V;
"""
        for a in range(tile):
            out += f"    FloatVector a{a} = FloatVector.zero(FLOATS);\n"
        out += "    for (int q = wAt; q < end; q += V) {\n"
        out += f"      FloatVector u = {load('w', 'q')};\n"
        for a in range(tile):
            out += f"      a{a} = {load('x', plus('p', a, 'step'))}.fma(u, a{a});\n"
        out += "      p += gap;\n      if (++b == tapColumns) {\n        b = 0;\n        p += skip;\n      }\n    }\n"
        out += f"    if (add) {{\n{additions(tile, 'pitch')}    }} else {{\n{stores(tile, 'pitch')}    }}\n  }}\n"
    return out + "}\n"


def depthwise_weights():
    out = head("DepthwiseWeightTiles", """Weight gradients of a depthwise convolution: some taps, all pixels, one flat loop.

 * <p>{@code rows2of5d2s1} has 2 rows of 5 columns of taps, dilation 2 and stride 1, and takes 2 pixels a trip (4 of 3 columns of taps); {@code columns}
 * must be a multiple of 4. {@code single2of5} takes one pixel a trip and any dilation and stride. {@code skip} is what a row's end adds
 * to the address.""")
    groups = [(3, 3), (2, 5), (1, 5), (1, 7)]
    combos = {3: [(1, 1), (2, 1), (1, 2), (2, 2)], 5: [(1, 1), (2, 1), (1, 2), (2, 2)], 7: [(1, 1), (1, 2)]}

    def prologue(r, k):
        s = ""
        for i in range(r):
            for b in range(k):
                s += f"    FloatVector a{i}{b} = FloatVector.zero(FLOATS);\n"
        return s

    def epilogue(r, k):
        s = ""
        for i in range(r):
            for b in range(k):
                to = plus("to", i * k + b, "V")
                s += f"    FLOAT.cast({load('gw', to)}.add(a{i}{b})).intoArray(gw, {to});\n"
        return s

    for r, k in groups:
        for d, s in combos[k]:
            out += f"""
  static void rows{r}of{k}d{d}s{s}(
      float[] x, int at, {'int row, ' if r > 1 else ''}int xSkip, float[] g, int gAt, int gSkip, int pixels, int columns, float[] gw, int to) {{
    int p = at;
    int q = gAt;
    int j = 0;
"""
            out += prologue(r, k)
            trip = 4 if k == 3 else 2
            out += f"    for (int t = 0; t < pixels; t += {trip}) {{\n"
            for a in range(trip):
                out += f"      FloatVector g{a} = {load('g', plus('q', a, 'V'))};\n"
            positions = sorted({a * s + b * d for a in range(trip) for b in range(k)})
            first = True
            for i in range(r):
                base = "p" if i == 0 else f"p{i}"
                if i:
                    out += f"      int p{i} = {plus('p', i, 'row')};\n"
                for pos in positions:
                    out += f"      {'FloatVector ' if first else ''}v = {load('x', plus(base, pos, 'V'))};\n"
                    first = False
                    for a in range(trip):
                        b, rest = divmod(pos - a * s, d)
                        if rest == 0 and 0 <= b < k:
                            out += f"      a{i}{b} = v.fma(g{a}, a{i}{b});\n"
            out += f"""      p += {trip * s} * V;
      q += {trip} * V;
      j += {trip};
      if (j == columns) {{
        j = 0;
        p += xSkip;
        q += gSkip;
      }}
    }}
""" + epilogue(r, k) + "  }\n"
    for r, k in groups + [(1, 1)]:
        out += f"""
  static void single{r}of{k}(
      float[] x, int at, {'int row, ' if r > 1 else ''}{'int gap, ' if k > 1 else ''}int step, int xSkip, float[] g, int gAt, int gStep, int gSkip, int pixels,
      int columns, float[] gw, int to) {{
    int p = at;
    int q = gAt;
    int j = 0;
""" + prologue(r, k) + "    for (int t = 0; t < pixels; t++) {\n"
        out += f"      FloatVector g0 = {load('g', 'q')};\n"
        for i in range(r):
            base = "p" if i == 0 else f"p{i}"
            if i:
                out += f"      int p{i} = {plus('p', i, 'row')};\n"
            for b in range(k):
                out += f"      a{i}{b} = {load('x', plus(base, b, 'gap'))}.fma(g0, a{i}{b});\n"
        out += """      p += step;
      q += gStep;
      if (++j == columns) {
        j = 0;
        p += xSkip;
        q += gSkip;
      }
    }
""" + epilogue(r, k) + "  }\n"
    return out + "}\n"


def matrix():
    out = head("MatrixTiles", """Pixels times a matrix, and the gradient towards that matrix.

 * <p>{@code planes4x2} makes 4 pixels of 2 blocks of output channels, 8 inputs a trip, which are one block; {@code
 * quads4x2} does 4 inputs a trip, {@code inputs8x2} one input for 8 pixels of 2 blocks. Sections of inputs lie as in {@link Kernels#multiply}, those of {@code planes} in whole blocks. Tiles overlap at the end of a
 * row, which must hold at least one. Nobody reads what goes to {@code fence}. {@code weights8x2} makes the gradients of 8 inputs and 2 blocks, a pixel a trip, {@code
 * pairs4x2} those of 4 inputs, 2 pixels a trip.""", True, True)

    def product(pixels, blocks, trip, every):
        result = f"""
  static void {'planes' if trip == 8 else 'quads' if trip == 4 else 'inputs'}{pixels}x{blocks}(
      float[] x, int at, int xBlock, {'int section, ' if trip < 8 else ''}int inputs, float[] w, int wAt, float[] y, int to{', int yBlock' if blocks > 1 else ''}, int columns{', float[] fence' if trip > 1 else ''}) {{
"""
        for v in range(1, blocks):
            result += f"    int w{v} = {plus('wAt', v, 'inputs * V')};\n"
        if trip < 8:
            result += "    int skip = xBlock - V;\n    int end = xBlock - (section - 1) % V - 1;\n"
        if pixels > 1:
            result += f"    for (int t = 0; t < columns; t += {pixels}) {{\n      int j = Math.min(t, columns - {pixels});\n"
        else:
            result += "    for (int j = 0; j < columns; j++) {\n"
        result += "      int p = at + j * V;\n      int o = to + j * V;\n"
        if trip < 8:
            result += "      int i = 0;\n"
        for a in range(pixels):
            for v in range(blocks):
                result += f"      FloatVector a{a}{v} = FloatVector.zero(FLOATS);\n"
        result += f"      for (int k = 0; k < inputs; k += {trip}) {{\n" if trip > 1 else "      for (int k = 0; k < inputs; k++) {\n"
        done = 0
        for u in range(trip):
            for v in range(blocks):
                result += f"        {'FloatVector ' if u == 0 else ''}v{v} = {load('w', plus(('wAt' if v == 0 else f'w{v}') + ' + k * V', u, 'V'))};\n"
            for a in range(pixels):
                at = plus('p', a, 'V') + (f' + {u}' if u else '')
                # of the two ways to broadcast, the longer makes so much code of 8 inputs that C1 gives up
                value = broadcast('x', at) if trip == 1 else f"FloatVector.broadcast(FLOATS, x[{at}])"
                result += f"        {'FloatVector ' if u == 0 and a == 0 else ''}b = {value};\n"
                for v in range(blocks):
                    result += f"        a{a}{v} = v{v}.fma(b, a{a}{v});\n"
                done += 1
                if every and done % every == 0 and done < trip * pixels:
                    result += fence(f"a{a}{blocks - 1}")
        if trip == 8:
            result += "        p += xBlock;\n      }\n"
        else:
            result += f"""        p += {trip};
        i += {trip};
        if (i == section) {{
          i = 0;
          p += end;
        }} else if ((i & (V - 1)) == 0) {{
          p += skip;
        }}
      }}
"""
        for v in range(blocks):
            if v:
                result += f"      int o{v} = {plus('o', v, 'yBlock')};\n"
            for a in range(pixels):
                result += f"      FLOAT.cast(a{a}{v}).intoArray(y, {plus('o' if v == 0 else f'o{v}', a, 'V')});\n"
        return result + "    }\n  }\n"

    def weights(inputs, blocks, trip):
        result = f"""
  static void {'pairs' if trip == 2 else 'weights'}{inputs}x{blocks}(
      float[] x, int at, int xSkip, float[] g, int gAt, {'int gBlock, ' if blocks > 1 else ''}int gSkip, int pixels, int columns, float[] gw,
      int to{', int block' if blocks > 1 else ''}) {{
    int p = at;
    int q = gAt;
    int j = 0;
"""
        for a in range(inputs):
            for v in range(blocks):
                result += f"    FloatVector a{a}{v} = FloatVector.zero(FLOATS);\n"
        result += f"    for (int t = 0; t < pixels; {'t += 2' if trip == 2 else 't++'}) {{\n"
        for v in range(1, blocks):
            result += f"      int q{v} = {plus('q', v, 'gBlock')};\n"
        for u in range(trip):
            for v in range(blocks):
                result += f"      {'FloatVector ' if u == 0 else ''}v{v} = {load('g', plus('q' if v == 0 else f'q{v}', u, 'V'))};\n"
            for a in range(inputs):
                result += f"      {'FloatVector ' if u == 0 and a == 0 else ''}b = {broadcast('x', plus('p', u, 'V') + (f' + {a}' if a else ''))};\n"
                for v in range(blocks):
                    result += f"      a{a}{v} = v{v}.fma(b, a{a}{v});\n"
        result += f"""      p += {'2 * V' if trip == 2 else 'V'};
      q += {'2 * V' if trip == 2 else 'V'};
      {'j += 2;' if trip == 2 else 'j++;'}
      if (j == columns) {{
        j = 0;
        p += xSkip;
        q += gSkip;
      }}
    }}
"""
        for v in range(blocks):
            base = "to"
            if v:
                base = f"to{v}"
                result += f"    int to{v} = {plus('to', v, 'block')};\n"
            for a in range(inputs):
                t = plus(base, a, "V")
                result += f"    FLOAT.cast({load('gw', t)}.add(a{a}{v})).intoArray(gw, {t});\n"
        return result + "  }\n"

    for pixels, blocks, trip, every in [(4, 2, 8, 4), (6, 1, 8, 3), (4, 2, 4, 4)]:
        out += product(pixels, blocks, trip, every)
    for pixels, blocks in [(8, 2), (8, 1), (4, 4), (4, 2), (4, 1), (1, 1)]:
        out += product(pixels, blocks, 1, 0)
    for inputs, blocks in [(8, 2), (8, 1), (4, 2), (4, 1)]:
        out += weights(inputs, blocks, 1)
    out += weights(4, 2, 2)
    return out + "}\n"


def sums():
    out = head("SumTiles", """Sums of streams: {@code combine8} makes 8 pixels, the loop runs over streams; {@code few2} makes all pixels of 2
 * streams whose pixels are V apart, the loop runs over pixels.""")
    for n in (1, 2, 3):
        out += f"""
  static void few{n}(
      {''.join(f'float[] x{k}, int p{k}, ' for k in range(n))}float[] c, int cAt, float floor, float[] y, int o, int pitch, int pixels) {{
"""
        for k in range(n):
            out += f"    FloatVector u{k} = {load('c', plus('cAt', k, 'V'))};\n"
        out += f"    FloatVector constant = {load('c', plus('cAt', n, 'V'))};\n"
        out += "    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));\n"
        out += "    for (int i = 0; i < pixels; i++) {\n"
        for k in range(n):
            out += f"      {'FloatVector ' if k == 0 else ''}a = {load(f'x{k}', f'p{k} + i * V')}.fma(u{k}, {'constant' if k == 0 else 'a'});\n"
        out += "      FLOAT.cast(low.max(a)).intoArray(y, o + i * pitch);\n    }\n  }\n"
    for tile in (8, 4, 1):
        out += f"""
  static void combine{tile}(
      Plane[] x, int n, int r, int j, float[] c, int cAt, float floor, float[] y, int o{', int pitch' if tile > 1 else ''}) {{
    FloatVector a0 = {load('c', 'cAt + n * V')};
"""
        for a in range(1, tile):
            out += f"    FloatVector a{a} = a0;\n"
        out += f"""    for (int k = 0; k < n; k++) {{
      Plane s = x[k];
      float[] d = s.data;
      int pixel = s.pixel;
      int p = s.at + r * s.row + j * pixel;
      FloatVector u = {load('c', 'cAt + k * V')};
"""
        for a in range(tile):
            out += f"      a{a} = {load('d', plus('p', a, 'pixel'))}.fma(u, a{a});\n"
        out += "    }\n    FloatVector low = FLOAT.cast(FloatVector.broadcast(FLOATS, floor));\n"
        for a in range(tile):
            out += f"    FLOAT.cast(low.max(a{a})).intoArray(y, {plus('o', a, 'pitch')});\n"
        out += "  }\n"
    return out + "}\n"


for name, text in (("DepthwiseTiles", depthwise()), ("DepthwiseWeightTiles", depthwise_weights()), ("MatrixTiles", matrix()), ("SumTiles", sums())):
    with open(f"{sys.argv[1]}/{name}.java", "w") as f:
        f.write(text.replace("\n\n * <p>", "\n *\n * <p>"))
