package io.github.oche.darts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temporary;

  @Test
  void nothingIsThereBeforeTheFirstFile() throws Exception {
    Path path = temporary.resolve("a/b");
    RunFolder folder = RunFolder.at(path);
    assertThat(path).doesNotExist();
    folder.write("x.txt", "één\n");
    assertThat(Files.readString(path.resolve("x.txt"))).isEqualTo("één\n");
    folder.write("x.txt", "2");
    assertThat(Files.readString(path.resolve("x.txt"))).isEqualTo("2");
    assertThat(path).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void foldersThatAreNotOursAreRefused() throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertThatThrownBy(() -> RunFolder.at(temporary))
        .hasMessageEndingWith("is not empty; choose another");
    assertThatThrownBy(() -> RunFolder.at(file))
        .hasMessageEndingWith("exists and is no folder; choose another");
    assertThatThrownBy(() -> RunFolder.at(file.resolve("x")))
        .hasMessageEndingWith(file + " is no folder");
    Path dangling =
        Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("nowhere"));
    assertThatThrownBy(() -> RunFolder.at(dangling))
        .hasMessageEndingWith("exists and is no folder; choose another");
    assertThatThrownBy(() -> RunFolder.existing(file))
        .hasMessageStartingWith("there is no run folder");
    assertThat(RunFolder.at(Files.createDirectory(temporary.resolve("empty"))).path()).exists();
  }

  @Test
  void aRunThatBeganGoesOnOnlyAsWhatItIs() throws Exception {
    Path path = temporary.resolve("run");
    ImmutableMap<String, ?> identity =
        ImmutableMap.of("search", ImmutableMap.of("seed", 3L, "rate", 0.1), "data", "x");
    assertThat(RunFolder.of(path, identity).path()).isEqualTo(path).doesNotExist();
    Files.createDirectory(path);
    Files.writeString(path.resolve("run.json.tmp"), "{ \"sea"); // was being written
    RunFolder.of(path, identity).writeJson(RunFolder.RUN, Provenance.run(identity, 2));
    assertThat(RunFolder.of(path, identity).path()).isEqualTo(path);
    assertThatThrownBy(
            () ->
                RunFolder.of(
                    path, ImmutableMap.of("search", ImmutableMap.of("seed", 4L, "rate", 0.1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "run is a run of other settings: search.seed is 3 there, 4 here; choose another");
    assertThatThrownBy(() -> RunFolder.of(path, ImmutableMap.of("order", 1)))
        .hasMessageContaining("order is not told there, 1 here");
    Files.delete(path.resolve(RunFolder.RUN));
    Files.writeString(path.resolve("thesis.txt"), "chapter 1");
    assertThatThrownBy(() -> RunFolder.of(path, identity))
        .hasMessageEndingWith("is not empty; choose another");
  }

  @Test
  void aFolderIsLockedFromTakingToClosing() {
    Path path = temporary.resolve("run");
    try (FolderLock first = new FolderLock(path);
        FolderLock second = new FolderLock(path)) {
      assertThat(path).doesNotExist();
      first.take();
      assertThatThrownBy(second::take)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a run is under way in " + path);
    }
    assertThat(path).isEmptyDirectory();
    try (FolderLock third = new FolderLock(path)) {
      third.take();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsAnInputOutputError() {
    RunFolder folder = RunFolder.at(temporary.resolve("x"));
    assertThatThrownBy(() -> folder.write("no/such/place", "x"))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void numbersGoOn() throws Exception {
    Path runs = temporary.resolve("runs");
    RunFolder first = RunFolder.next(runs);
    assertThat(first.path()).isEqualTo(runs.resolve("1"));
    first.write("x", "");
    Files.createDirectory(runs.resolve("9"));
    Files.createDirectory(runs.resolve("12x"));
    assertThat(RunFolder.next(runs).path()).isEqualTo(runs.resolve("10"));
  }

  @Test
  void treesBecomeJson() throws Exception {
    RunFolder folder = RunFolder.at(temporary.resolve("r"));
    folder.writeJson(
        "t.json",
        ImmutableMap.of(
            "a",
            1,
            "b",
            0.5,
            "c",
            "x\"y",
            "d",
            ImmutableMap.of("e", true),
            "f",
            ImmutableList.of(1, 2L),
            "g",
            Double.POSITIVE_INFINITY));
    assertThat(Files.readString(temporary.resolve("r/t.json")))
        .isEqualTo(
            """
            {
              "a" : 1,
              "b" : 0.5,
              "c" : "x\\"y",
              "d" : {
                "e" : true
              },
              "f" : [ 1, 2 ],
              "g" : "Infinity"
            }
            """);
  }

  @Test
  void jsonIsReadAsItWasWritten() {
    RunFolder folder = RunFolder.at(temporary.resolve("r"));
    assertThat(folder.readJson("t.json")).isEmpty();
    ImmutableMap<String, Object> tree =
        ImmutableMap.of(
            "a",
            Long.MAX_VALUE,
            "b",
            ImmutableMap.of("c", 1e-300, "d", "x\"\n\u00e4"),
            "e",
            ImmutableList.of(true, ImmutableList.of(), ImmutableMap.of()));
    folder.writeJson("t.json", tree);
    assertThat(folder.readJson("t.json")).contains(tree);
  }

  @Test
  void whatIsNoJsonIsToldByItsFile() throws Exception {
    for (String text : new String[] {"", "x", "[]", "{\"a\" : 1", "{} {}", "{\"a\" : null}"}) {
      Files.writeString(temporary.resolve("t.json"), text);
      assertThatThrownBy(() -> RunFolder.existing(temporary).readJson("t.json"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(temporary.resolve("t.json") + " is no JSON that Oche wrote");
    }
  }
}
