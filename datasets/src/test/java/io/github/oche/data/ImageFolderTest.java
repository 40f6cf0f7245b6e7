package io.github.oche.data;

import static io.github.oche.data.Fixtures.assertRefused;
import static io.github.oche.data.Fixtures.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void neverOpenAWindow() {
    System.setProperty("java.awt.headless", "true");
  }

  @Test
  void colourImagesArriveByteForByte() throws IOException {
    BufferedImage[] images = new BufferedImage[6];
    for (int i = 0; i < 6; i++) {
      images[i] = random(8, 12, BufferedImage.TYPE_INT_RGB, i);
      png("c" + i % 3 + "/" + i + ".png", images[i]);
    }
    write(folder.resolve(".hidden"), new byte[1]);
    write(folder.resolve("readme.txt"), new byte[1]);
    write(folder.resolve("c1/.DS_Store"), new byte[1]);
    write(folder.resolve("c1/Thumbs.db"), new byte[1]);
    Dataset data = Dataset.read(folder, Format.AUTO);
    assertThat(data.classNames()).containsExactly("c0", "c1", "c2");
    assertThat(data.test()).isEmpty();
    ImageData train = data.train();
    int[] order = {0, 3, 1, 4, 2, 5}; // class by class, names in order
    assertThat(train.count()).isEqualTo(6);
    for (int i = 0; i < 6; i++) {
      assertThat(train.label(i)).isEqualTo(order[i] % 3);
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 12; x++) {
          int rgb = images[order[i]].getRGB(x, y);
          assertThat(train.pixel(i, 0, y, x)).isEqualTo(rgb >> 16 & 0xFF);
          assertThat(train.pixel(i, 1, y, x)).isEqualTo(rgb >> 8 & 0xFF);
          assertThat(train.pixel(i, 2, y, x)).isEqualTo(rgb & 0xFF);
        }
      }
    }
  }

  @Test
  void greyValuesAreThoseStoredInEveryEncoding() throws IOException {
    BufferedImage plain = random(8, 8, BufferedImage.TYPE_BYTE_GRAY, 1);
    byte[] ramp = new byte[256];
    for (int i = 0; i < 256; i++) {
      ramp[i] = (byte) i;
    }
    BufferedImage palette =
        new BufferedImage(
            8, 8, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(8, 256, ramp, ramp, ramp));
    palette
        .getRaster()
        .setSamples(0, 0, 8, 8, 0, plain.getRaster().getSamples(0, 0, 8, 8, 0, (int[]) null));
    BufferedImage bits = random(8, 8, BufferedImage.TYPE_BYTE_BINARY, 2);
    png("a/plain.png", plain);
    png("b/bits.png", bits);
    png("b/palette.png", palette);
    ImageData train = Dataset.read(folder, Format.FOLDER).train();
    assertThat(train.channels()).isEqualTo(1);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        int value = plain.getRaster().getSample(x, y, 0);
        assertThat(train.pixel(0, 0, y, x)).isEqualTo(value);
        assertThat(train.pixel(2, 0, y, x)).isEqualTo(value);
        assertThat(train.pixel(1, 0, y, x)).isEqualTo(255 * bits.getRaster().getSample(x, y, 0));
      }
    }
  }

  @Test
  void greyIsWidenedAmongColour() throws IOException {
    png("a/grey.png", random(8, 8, BufferedImage.TYPE_BYTE_GRAY, 1));
    png("b/colour.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 2));
    png("b/opaque.png", opaque(random(8, 8, BufferedImage.TYPE_INT_ARGB, 3)));
    ImageData train = Dataset.read(folder, Format.AUTO).train();
    assertThat(train.channels()).isEqualTo(3);
    for (int y = 0; y < 8; y++) {
      assertThat(train.pixel(0, 1, y, 3)).isEqualTo(train.pixel(0, 0, y, 3));
      assertThat(train.pixel(0, 2, y, 3)).isEqualTo(train.pixel(0, 0, y, 3));
    }
  }

  @Test
  void jpegIsReadToo() throws IOException {
    BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      flat.setRGB(i % 16, i / 16, 0x204080);
    }
    write(folder.resolve("a/1.jpg"), encode(flat, "jpg"));
    write(
        folder.resolve("b/1.jpeg"), encode(random(16, 16, BufferedImage.TYPE_BYTE_GRAY, 1), "jpg"));
    ImageData train = Dataset.read(folder, Format.AUTO).train();
    assertThat(train.pixel(0, 0, 5, 5)).isBetween(0x1C, 0x24);
    assertThat(train.pixel(0, 1, 5, 5)).isBetween(0x3C, 0x44);
    assertThat(train.pixel(0, 2, 5, 5)).isBetween(0x7C, 0x84);
  }

  @Test
  void trainAndTestFoldersAreTakenApart() throws IOException {
    for (String part : new String[] {"train", "val"}) {
      png(part + "/a/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 1));
      png(part + "/b/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 2));
    }
    Dataset data = Dataset.read(folder, Format.AUTO);
    assertThat(data.train().count()).isEqualTo(2);
    assertThat(data.test().orElseThrow().count()).isEqualTo(2);
    png("val/c/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 3));
    assertRefused(() -> Dataset.read(folder, Format.AUTO), "val", "other classes", "[a, b, c]");
  }

  @Test
  void anImageThatClaimsToBeHugeIsRefusedBeforeItIsDecoded() throws IOException {
    good();
    write(folder.resolve("a/0.png"), claim(60_000, 60_000, 8, 2));
    assertFolderRefused("0.png", "60000x60000", "1024x1024");
    write(folder.resolve("a/0.png"), claim(10, 32, 8, 2));
    assertFolderRefused("0.png", "32x10", "32x12");
  }

  @Test
  void mixedSizesAreRefused() throws IOException {
    good();
    png("b/odd.png", random(8, 12, BufferedImage.TYPE_INT_RGB, 1));
    assertFolderRefused("odd.png", "8x12", "8x8", "one size");
  }

  @Test
  void emptyAndSingleClassesAreRefused() throws IOException {
    png("a/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 1));
    assertFolderRefused("at least two");
    Files.createDirectory(folder.resolve("b"));
    assertFolderRefused(folder.resolve("b").toString(), "no image");
  }

  @Test
  void whatIsNoImageIsRefusedByName() throws IOException {
    good();
    write(folder.resolve("b/notes.txt"), "hello".getBytes(StandardCharsets.UTF_8));
    assertFolderRefused("notes.txt", "neither a PNG nor a JPEG");
    Files.delete(folder.resolve("b/notes.txt"));
    write(folder.resolve("b/x.gif"), encode(random(8, 8, BufferedImage.TYPE_BYTE_GRAY, 1), "gif"));
    assertFolderRefused("x.gif", "neither a PNG nor a JPEG");
    Files.delete(folder.resolve("b/x.gif"));
    write(folder.resolve("b/x.png"), new byte[0]);
    assertFolderRefused("x.png", "empty");
    Files.delete(folder.resolve("b/x.png"));
    Files.createDirectory(folder.resolve("b/deeper"));
    assertFolderRefused("deeper", "folder inside a class");
  }

  @Test
  void truncatedImagesAreRefused() throws IOException {
    good();
    byte[] png = encode(random(8, 8, BufferedImage.TYPE_INT_RGB, 1), "png");
    for (int length = 1; length < png.length - 12; length += 3) { // the last chunk holds nothing
      write(folder.resolve("b/cut.png"), Arrays.copyOf(png, length));
      assertFolderRefused("cut.png");
    }
    Files.delete(folder.resolve("b/cut.png"));
    byte[] jpeg = encode(random(8, 8, BufferedImage.TYPE_INT_RGB, 1), "jpg");
    for (int length = 1; length < jpeg.length; length += 7) {
      write(folder.resolve("b/cut.jpg"), Arrays.copyOf(jpeg, length));
      assertFolderRefused("cut.jpg");
    }
  }

  @Test
  void sixteenBitsAndTransparencyAreRefused() throws IOException {
    good();
    png("b/deep.png", random(8, 8, BufferedImage.TYPE_USHORT_GRAY, 1));
    assertFolderRefused("deep.png", "16 bits");
    Files.delete(folder.resolve("b/deep.png"));
    png("b/clear.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB));
    assertFolderRefused("clear.png", "transparent");
  }

  private void good() throws IOException {
    png("a/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 1));
    png("b/1.png", random(8, 8, BufferedImage.TYPE_INT_RGB, 2));
  }

  private void assertFolderRefused(String... words) {
    assertRefused(() -> Dataset.read(folder, Format.FOLDER), words);
  }

  private void png(String name, BufferedImage image) throws IOException {
    write(folder.resolve(name), encode(image, "png"));
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static BufferedImage random(int height, int width, int type, long seed) {
    BufferedImage image = new BufferedImage(width, height, type);
    SplittableRandom random = new SplittableRandom(seed);
    for (int b = 0; b < image.getRaster().getNumBands(); b++) {
      int most = 1 << image.getSampleModel().getSampleSize(b);
      for (int i = 0; i < width * height; i++) {
        image.getRaster().setSample(i % width, i / width, b, random.nextInt(most));
      }
    }
    return image;
  }

  private static BufferedImage opaque(BufferedImage image) {
    for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
      image.getRaster().setSample(i % image.getWidth(), i / image.getWidth(), 3, 255);
    }
    return image;
  }

  /** A PNG that has a header and nothing else. */
  private static byte[] claim(int width, int height, int depth, int colourType) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {(byte) depth, (byte) colourType, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(chunk.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) sum.getValue());
    return file.toByteArray();
  }
}
