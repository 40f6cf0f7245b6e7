package io.github.oche.cli;

/** A set of settings that other options start from. */
enum Preset {
  /** Minutes on two cores: the default on the embedded sample. */
  QUICK,
  /** The released code's: the default on other data. */
  CODE,
  /** The paper's, where it and its code differ. */
  PAPER
}
