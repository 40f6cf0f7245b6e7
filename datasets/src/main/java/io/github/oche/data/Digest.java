package io.github.oche.data;

import com.google.common.io.BaseEncoding;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A checksum of what images show, whatever file they came from. */
final class Digest {
  private Digest() {}

  static String of(ImageData train, Optional<ImageData> test) {
    MessageDigest digest = sha256();
    train.digest(digest);
    test.ifPresent(images -> images.digest(digest));
    return BaseEncoding.base16().lowerCase().encode(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
