package io.github.oche.data;

import com.google.common.collect.ImmutableList;

/** The two binary forms of CIFAR: what their files are called and what a record is. */
enum CifarKind {
  TEN(
      "CIFAR-10",
      Format.CIFAR10,
      1,
      10,
      ImmutableList.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin"),
      "test_batch.bin",
      "batches.meta.txt"),
  HUNDRED(
      "CIFAR-100",
      Format.CIFAR100,
      2,
      100,
      ImmutableList.of("train.bin"),
      "test.bin",
      "fine_label_names.txt");

  static final int CHANNELS = 3;
  static final int SIDE = 32;
  static final int PIXELS = CHANNELS * SIDE * SIDE;

  /** Images of the whole set: no file has more. */
  static final int MOST_RECORDS = 60_000;

  /** Bytes of the longest file of either kind. */
  static final int MOST_BYTES = MOST_RECORDS * (PIXELS + 2);

  final String title;
  final Format format;

  /** Label bytes of a record; the last one is trained on (of CIFAR-100 the fine label). */
  final int labelBytes;

  final int classes;
  final ImmutableList<String> trainFiles;
  final String testFile;
  final String namesFile;

  CifarKind(
      String title,
      Format format,
      int labelBytes,
      int classes,
      ImmutableList<String> trainFiles,
      String testFile,
      String namesFile) {
    this.title = title;
    this.format = format;
    this.labelBytes = labelBytes;
    this.classes = classes;
    this.trainFiles = trainFiles;
    this.testFile = testFile;
    this.namesFile = namesFile;
  }

  int record() {
    return labelBytes + PIXELS;
  }

  boolean fits(long bytes) {
    return bytes > 0 && bytes % record() == 0;
  }

  CifarKind other() {
    return this == TEN ? HUNDRED : TEN;
  }

  ImmutableList<String> files() {
    return ImmutableList.<String>builder().addAll(trainFiles).add(testFile).add(namesFile).build();
  }
}
