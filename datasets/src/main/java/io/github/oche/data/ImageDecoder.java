package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG files of 8 bits a sample, grey or colour. Sizes are checked before anything is
 * decoded.
 */
final class ImageDecoder {
  private static final ImmutableList<String> FORMATS = ImmutableList.of("png", "jpeg");

  /** More than an image of the largest size can need. */
  private static final int MOST_BYTES = 64 << 20;

  private ImageDecoder() {}

  /** One image. */
  static final class Decoded {
    final int channels; // 1 or 3
    final int height;
    final int width;
    final byte[] pixels; // [channel][row][column]

    Decoded(int channels, int height, int width, byte[] pixels) {
      this.channels = channels;
      this.height = height;
      this.width = width;
      this.pixels = pixels;
    }

    /** Returns the image with three channels; grey becomes three equal ones. */
    byte[] colour() {
      if (channels == 3) {
        return pixels;
      }
      byte[] wide = new byte[3 * pixels.length];
      for (int c = 0; c < 3; c++) {
        System.arraycopy(pixels, 0, wide, c * pixels.length, pixels.length);
      }
      return wide;
    }
  }

  /**
   * Reads a file.
   *
   * @param like an image whose size this one must have, with its file
   */
  static Decoded read(Path file, Optional<Expected> like) {
    byte[] bytes = Source.of(file).packedBytes(MOST_BYTES);
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      ImageReader reader = reader(file, stream);
      try {
        return decode(file, bytes, reader, stream, like);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // ImageIO throws both on damaged files
      throw DataException.of(
          "%s cannot be decoded: %s",
          file, e.getMessage() == null ? "it is damaged" : e.getMessage());
    }
  }

  /** The size that all images have. */
  record Expected(Path file, int height, int width) {}

  private static ImageReader reader(Path file, ImageInputStream stream) throws IOException {
    for (Iterator<ImageReader> readers = ImageIO.getImageReaders(stream); readers.hasNext(); ) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw DataException.of("%s is neither a PNG nor a JPEG image", file);
  }

  private static Decoded decode(
      Path file, byte[] bytes, ImageReader reader, ImageInputStream stream, Optional<Expected> like)
      throws IOException {
    reader.setInput(stream, true, true);
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    Limits.requireSides(file.toString(), height, width);
    if (like.isPresent() && (like.get().height != height || like.get().width != width)) {
      throw DataException.of(
          "%s is %dx%d (rows x columns), but %s is %dx%d; all images must have one size",
          file, height, width, like.get().file, like.get().height, like.get().width);
    }
    if (PngChunks.begin(bytes)) {
      PngChunks.check(file, bytes);
    }
    List<String> warnings = new ArrayList<>(); // ImageIO fills up a truncated JPEG and only warns
    reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
    BufferedImage image = reader.read(0);
    if (!warnings.isEmpty()) {
      throw DataException.of("%s is damaged: %s", file, warnings.get(0));
    }
    for (int bits : image.getSampleModel().getSampleSize()) {
      if (bits > 8) {
        throw DataException.of("%s has %d bits a sample; convert it to 8", file, bits);
      }
    }
    return image.getColorModel() instanceof IndexColorModel palette
        ? ofPalette(file, image, palette)
        : ofSamples(file, image);
  }

  /** Takes samples as they are stored: {@code getRGB} would change the values of grey images. */
  private static Decoded ofSamples(Path file, BufferedImage image) {
    Raster raster = image.getRaster();
    boolean alpha = image.getColorModel().hasAlpha();
    int channels = raster.getNumBands() - (alpha ? 1 : 0);
    if (channels != 1 && channels != 3) {
      throw DataException.of("%s has %d channels, expected grey or RGB", file, channels);
    }
    int area = image.getWidth() * image.getHeight();
    byte[] pixels = new byte[channels * area];
    int[] samples = new int[area];
    for (int c = 0; c < channels; c++) {
      raster.getSamples(0, 0, image.getWidth(), image.getHeight(), c, samples);
      for (int i = 0; i < area; i++) {
        pixels[c * area + i] = (byte) samples[i];
      }
    }
    if (alpha) {
      raster.getSamples(0, 0, image.getWidth(), image.getHeight(), channels, samples);
      for (int value : samples) {
        requireOpaque(file, value);
      }
    }
    return new Decoded(channels, image.getHeight(), image.getWidth(), pixels);
  }

  private static Decoded ofPalette(Path file, BufferedImage image, IndexColorModel palette) {
    boolean grey = true;
    for (int i = 0; i < palette.getMapSize(); i++) {
      grey &= palette.getRed(i) == palette.getGreen(i) && palette.getRed(i) == palette.getBlue(i);
    }
    int area = image.getWidth() * image.getHeight();
    int[] indices = new int[area];
    image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, indices);
    byte[] pixels = new byte[(grey ? 1 : 3) * area];
    for (int i = 0; i < area; i++) {
      requireOpaque(file, palette.getAlpha(indices[i]));
      pixels[i] = (byte) palette.getRed(indices[i]);
      if (!grey) {
        pixels[area + i] = (byte) palette.getGreen(indices[i]);
        pixels[2 * area + i] = (byte) palette.getBlue(indices[i]);
      }
    }
    return new Decoded(grey ? 1 : 3, image.getHeight(), image.getWidth(), pixels);
  }

  private static void requireOpaque(Path file, int alpha) {
    if (alpha != 255) {
      throw DataException.of("%s has transparent pixels; flatten it onto a background", file);
    }
  }
}
