package io.github.oche.evaluation.tabular;

import com.google.common.base.Ascii;

/** What the table knows of a cell: top-1 accuracies in percent, means over the trained seeds. */
public enum Accuracy {
  /** CIFAR-10, test images, 200 epochs on training and validation images. */
  CIFAR10_TEST_200,
  /** CIFAR-100, test images, 200 epochs. */
  CIFAR100_TEST_200,
  /** ImageNet16-120, test images, 200 epochs. */
  IMAGENET16_120_TEST_200,
  /** CIFAR-10, validation images, 12 epochs on the other half: what searches may look at. */
  CIFAR10_VALID_12,
  /** CIFAR-10, test images, 12 epochs. */
  CIFAR10_TEST_12,
  /** CIFAR-100, validation images, 12 epochs. */
  CIFAR100_VALID_12,
  /** CIFAR-100, test images, 12 epochs. */
  CIFAR100_TEST_12,
  /** ImageNet16-120, validation images, 12 epochs. */
  IMAGENET16_120_VALID_12,
  /** ImageNet16-120, test images, 12 epochs. */
  IMAGENET16_120_TEST_12;

  /** The name of the table's column. */
  String column() {
    return Ascii.toLowerCase(name());
  }
}
