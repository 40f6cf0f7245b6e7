package io.github.oche.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Reads CIFAR as it is published, a tar archive (packed or not), without writing anything: only
 * regular files of known names are looked at, in memory.
 */
final class CifarArchive {
  /** More than twice what either published archive unpacks to. */
  private static final long MOST_BYTES = 400L << 20;

  private static final int MOST_ENTRIES = 10_000;

  private final String name;
  private final Map<String, Source> found = new HashMap<>();
  private final ImmutableList.Builder<String> notes = ImmutableList.builder();
  private Optional<CifarKind> pickled = Optional.empty();

  private CifarArchive(String name) {
    this.name = name;
  }

  static boolean isNamedSo(Path file) {
    String name = file.toString();
    return name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar");
  }

  /** Reads the kind that is asked for, or the one that is there. */
  static Dataset read(Path file, Optional<CifarKind> wanted) {
    CifarArchive archive = new CifarArchive(file.toString());
    Source.of(file)
        .read(
            in -> {
              Capped capped = new Capped(in, archive.name);
              archive.scan(new TarArchiveInputStream(capped));
              capped.transferTo(OutputStream.nullOutputStream()); // checksums stand at the end
              return archive;
            });
    return archive.dataset(wanted);
  }

  private Dataset dataset(Optional<CifarKind> wanted) {
    for (CifarKind kind : CifarKind.values()) {
      boolean asked = wanted.isEmpty() || wanted.get() == kind;
      if (asked && kind.trainFiles.stream().anyMatch(found::containsKey)) {
        return CifarBinary.files(name, kind, ImmutableMap.copyOf(found)).withNotes(notes.build());
      }
    }
    if (pickled.isPresent()) {
      throw Pickle.refusal(name, pickled.get());
    }
    throw DataException.of(
        "%s holds no training file of %s; expected %s",
        name,
        wanted.map(kind -> kind.title).orElse("CIFAR-10 or CIFAR-100"),
        wanted.map(kind -> kind.trainFiles.get(0)).orElse("data_batch_1.bin or train.bin"));
  }

  private void scan(TarArchiveInputStream tar) throws IOException {
    try {
      int entries = 0;
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw DataException.of(
              "%s has more than %,d entries, which no archive of CIFAR has", name, MOST_ENTRIES);
        }
        look(entry, tar);
      }
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) { // the library's answer to some damaged headers
      throw new IOException("damaged tar archive", e);
    }
  }

  private void look(TarArchiveEntry entry, InputStream in) throws IOException {
    String path = entry.getName();
    String file = path.substring(path.lastIndexOf('/') + 1);
    String known = file.endsWith(".gz") ? file.substring(0, file.length() - 3) : file;
    if (pickled.isEmpty()) {
      pickled = Pickle.ofEntry(path);
    }
    if (!isKnown(known)) {
      return;
    }
    if (!isPlain(entry) || leadsOut(path)) {
      notes.add(name + ": entry " + path + " is ignored: it is no plain file inside the archive");
      return;
    }
    if (entry.getSize() > CifarKind.MOST_BYTES) {
      throw DataException.of(
          "%s: entry %s names %,d bytes, more than all of CIFAR", name, path, entry.getSize());
    }
    byte[] bytes = in.readNBytes((int) entry.getSize());
    if (found.put(known, Source.of(name + ": " + file, bytes)) != null) {
      throw DataException.of("%s holds %s twice", name, known);
    }
  }

  private static boolean isKnown(String file) {
    for (CifarKind kind : CifarKind.values()) {
      if (kind.files().contains(file)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    boolean special =
        entry.isDirectory()
            || entry.isSymbolicLink()
            || entry.isLink()
            || entry.isCharacterDevice()
            || entry.isBlockDevice()
            || entry.isFIFO()
            || entry.isSparse();
    return entry.isFile() && !special;
  }

  private static boolean leadsOut(String path) {
    return path.startsWith("/") || path.contains("\\") || ("/" + path + "/").contains("/../");
  }

  /** Stops what unpacks to far more than it should. */
  private static final class Capped extends FilterInputStream {
    private final String name;
    private long left = MOST_BYTES;

    Capped(InputStream in, String name) {
      super(in);
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      take(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      int count = super.read(into, at, length);
      take(Math.max(0, count));
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(count);
      take(skipped);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void take(long count) {
      left -= count;
      if (left < 0) {
        throw DataException.of(
            "%s unpacks to more than %,d MB, which no archive of CIFAR does",
            name, MOST_BYTES >> 20);
      }
    }
  }
}
