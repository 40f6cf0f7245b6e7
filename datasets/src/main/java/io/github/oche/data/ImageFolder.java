package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a folder of PNG and JPEG images with one sub-folder a class, or sub-folders {@code train}
 * and {@code test} (or {@code val}) of that form.
 *
 * <p>Classes are numbered in the order of their names, images read in the order of theirs. If all
 * are grey they keep their one channel; otherwise grey ones are widened to three. Hidden files, and
 * files beside the class folders, are passed over.
 */
final class ImageFolder {
  private static final ImmutableList<String> TEST = ImmutableList.of("test", "val");
  private static final ImmutableSet<String> PARTS = ImmutableSet.of("train", "test", "val");
  private static final ImmutableSet<String> LITTER = ImmutableSet.of("Thumbs.db", "desktop.ini");

  private final List<ImageDecoder.Decoded> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private Optional<ImageDecoder.Expected> size = Optional.empty();
  private boolean colour;

  private ImageFolder() {}

  static Dataset read(Path root) {
    ImmutableList<Path> folders = folders(root);
    boolean parted =
        folders.stream().anyMatch(folder -> Readers.nameOf(folder).equals("train"))
            && folders.stream().allMatch(folder -> PARTS.contains(Readers.nameOf(folder)));
    Path trainRoot = parted ? root.resolve("train") : root;
    ImmutableList<String> classes = names(folders(trainRoot));
    if (classes.size() < 2) {
      throw DataException.of(
          "%s has %d sub-folders with images, expected at least two, one a class",
          trainRoot, classes.size());
    }
    ImageFolder reading = new ImageFolder();
    reading.add(trainRoot, classes);
    int training = reading.images.size();
    if (parted) {
      for (String name : TEST) {
        Path testRoot = root.resolve(name);
        if (Files.isDirectory(testRoot) && reading.images.size() == training) {
          requireClasses(testRoot, classes);
          reading.add(testRoot, classes);
        }
      }
    }
    ImageData all = reading.join(root, classes.size());
    ImageData train = all.range(0, training);
    Optional<ImageData> test =
        training == all.count() ? Optional.empty() : Optional.of(all.range(training, all.count()));
    return Dataset.measured(Readers.nameOf(root), train, test, classes);
  }

  private void add(Path root, ImmutableList<String> classes) {
    for (int label = 0; label < classes.size(); label++) {
      Path folder = root.resolve(classes.get(label));
      int before = images.size();
      for (Path file : Readers.list(folder)) {
        if (!LITTER.contains(Readers.nameOf(file))) {
          add(file, label);
        }
      }
      if (images.size() == before) {
        throw DataException.of("%s holds no image; remove it, or fill it", folder);
      }
    }
  }

  private void add(Path file, int label) {
    if (Files.isDirectory(file)) {
      throw DataException.of("%s is a folder inside a class; expected images only", file);
    }
    ImageDecoder.Decoded image = ImageDecoder.read(file, size);
    if (size.isEmpty()) {
      size = Optional.of(new ImageDecoder.Expected(file, image.height, image.width));
    }
    colour |= image.channels == 3;
    images.add(image);
    labels.add(label);
    Limits.bytes(file.toString(), images.size(), 3, image.height, image.width);
  }

  private ImageData join(Path root, int classes) {
    int height = images.get(0).height;
    int width = images.get(0).width;
    int channels = colour ? 3 : 1;
    int area = channels * height * width;
    byte[] pixels = new byte[Limits.bytes(root.toString(), images.size(), channels, height, width)];
    for (int i = 0; i < images.size(); i++) {
      byte[] image = colour ? images.get(i).colour() : images.get(i).pixels;
      System.arraycopy(image, 0, pixels, i * area, area);
    }
    int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
    return ImageData.wrap(channels, height, width, classes, pixels, classOf);
  }

  private static void requireClasses(Path root, ImmutableList<String> classes) {
    ImmutableList<String> found = names(folders(root));
    if (!found.equals(classes)) {
      throw DataException.of(
          "%s has other classes than the training images: %s, expected %s", root, found, classes);
    }
  }

  private static ImmutableList<Path> folders(Path root) {
    return Readers.list(root).stream()
        .filter(Files::isDirectory)
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> names(List<Path> folders) {
    return folders.stream().map(Readers::nameOf).collect(ImmutableList.toImmutableList());
  }
}
