package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalTableFilesTest {
    @TempDir
    Path folder;

    private Path root;
    private LocalTableFiles files;

    @BeforeEach
    void aTableBesideASecret() throws IOException {
        root = Files.createDirectories(folder.resolve("table"));
        Files.writeString(folder.resolve("secret"), "secret");
        files = new LocalTableFiles(root);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aFileIsReadWholeOrInParts() throws IOException {
        write("p=1/é #%20+", "0123456789");

        StoredObject whole = files.read("p=1/é #%20+", 10).orElseThrow();
        assertThat(new String(whole.bytes(), StandardCharsets.UTF_8)).isEqualTo("0123456789");
        assertThat(whole.stat().size()).isEqualTo(10);
        try (RandomAccess part = files.open("p=1/é #%20+", -1)) {
            byte[] target = new byte[6];
            part.read(4, target, 1, 3);
            assertThat(target).containsExactly(0, '4', '5', '6', 0, 0);
            assertThat(part.size()).isEqualTo(10);
            assertThatThrownBy(() -> part.read(8, target, 0, 3)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void whatIsNotThereIsSaidToBeAbsent() throws IOException {
        Files.createDirectories(root.resolve("a-folder"));

        for (String path : new String[] {"x", "a/b/x", "a-folder"}) {
            assertThat(files.read(path, 10)).as(path).isEmpty();
            assertThat(files.stat(path)).as(path).isEmpty();
            assertThatThrownBy(() -> files.open(path, -1))
                    .isInstanceOf(FileNotFoundException.class)
                    .hasMessageNotContaining(folder.toString());
        }
        assertThat(files.list("no-such", "")).isEmpty();
    }

    @Test
    void aFileBeyondTheLimitIsRefused() throws IOException {
        write("x", "12345");

        assertThatThrownBy(() -> files.read("x", 4))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'x' has 5 bytes")
                .hasMessageNotContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "a/../../secret", "/etc/passwd", "file:///etc/passwd", "..", "a/..", "x\0y"})
    void aPathThatLeavesTheTableIsRefused(String path) {
        assertThatThrownBy(() -> files.read(path, 100)).isInstanceOf(PathOutsideTableException.class);
        assertThatThrownBy(() -> files.open(path, -1)).isInstanceOf(PathOutsideTableException.class);
        assertThatThrownBy(() -> files.stat(path)).isInstanceOf(PathOutsideTableException.class);
        assertThatThrownBy(() -> files.list(path, "")).isInstanceOf(PathOutsideTableException.class);
    }

    @Test
    void aLinkOutOfTheTableIsRefusedAndALinkWithinItFollowed() throws IOException {
        write("inside/data", "data");
        Files.createSymbolicLink(root.resolve("link-file"), folder.resolve("secret"));
        Files.createSymbolicLink(root.resolve("link-folder"), folder);
        Files.createSymbolicLink(root.resolve("inside/up"), Path.of("../../secret"));
        Files.createSymbolicLink(root.resolve("good-file"), Path.of("inside/data"));
        Files.createSymbolicLink(root.resolve("good-folder"), root.resolve("inside"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

        for (String path :
                new String[] {"link-file", "link-folder/secret", "inside/up", "link-folder/table/inside/up"}) {
            assertThatThrownBy(() -> files.read(path, 100)).as(path).isInstanceOf(PathOutsideTableException.class);
            assertThatThrownBy(() -> files.open(path, 6)).as(path).isInstanceOf(PathOutsideTableException.class);
        }
        assertThatThrownBy(() -> files.list("link-folder", "")).isInstanceOf(PathOutsideTableException.class);
        assertThat(files.read("good-file", 100)).isPresent();
        assertThat(files.read("good-folder/data", 100)).isPresent();
        assertThatThrownBy(() -> files.read("loop", 100))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining(folder.toString());
    }

    @Test
    void theRootItselfMayBeALink() throws IOException {
        write("p=1/data", "data");
        Files.createSymbolicLink(folder.resolve("current"), root);

        try (LocalTableFiles linked = new LocalTableFiles(folder.resolve("current"))) {
            assertThat(linked.read("p=1/data", 100)).isPresent();
            for (Path named : new Path[] {root, folder.resolve("current")}) {
                assertThat(linked.relative("file:" + named + "/p%3D1/data")).isEqualTo("p=1/data");
                assertThat(linked.relative(named + "/p=1/data")).isEqualTo("p=1/data");
            }
            assertThatThrownBy(() -> linked.relative(folder + "/secret")).isInstanceOf(PathOutsideTableException.class);
        }
    }

    @Test
    void aPipeInTheTableIsNotWaitedFor() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "no mkfifo here");

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(files.read("pipe", 100)).isEmpty();
            assertThatThrownBy(() -> files.open("pipe", 5)).isInstanceOf(FileNotFoundException.class);
        });
    }

    @Test
    void aListingBeginsWhereItIsTold() throws IOException {
        write("log/1", "a");
        write("log/2", "bb");
        write("log/3/x", "c");

        assertThat(files.list("log", "2")).containsExactlyInAnyOrder("2", "3");
        assertThat(files.listObjects("log", "2")).extracting(ListedObject::name).containsExactly("2");
        assertThat(files.list("", "")).containsExactly("log");
    }

    @Test
    void aFileThatWasMovedIntoPlaceIsKnownToBeWhole() throws IOException {
        write("direct", "x");
        write("tmp", "x");
        // As if written a moment ago: the file system's clock may be too coarse to tell the write from the move.
        Files.setLastModifiedTime(
                root.resolve("tmp"), FileTime.from(Instant.now().minusSeconds(1)));
        Files.move(root.resolve("tmp"), root.resolve("moved"));

        assertThat(files.read("moved", 10).orElseThrow().stat().publishedWhole())
                .isTrue();
        assertThat(files.stat("moved").orElseThrow().publishedWhole()).isTrue();
        assertThat(files.read("direct", 10).orElseThrow().stat().publishedWhole())
                .isFalse();
    }

    @Test
    void aNewFileIsNoticedInAFolderThatDidNotExist() throws Exception {
        LocalTableFiles later = new LocalTableFiles(folder.resolve("new/table"));
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = later.watch("_delta_log", calls::release)) {
            Files.createDirectories(folder.resolve("new/table/_delta_log"));
            Files.writeString(folder.resolve("new/table/_delta_log/0.json"), "{}");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            calls.drainPermits();

            Files.writeString(folder.resolve("new/table/_delta_log/1.json"), "{}");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aTableThatIsRecreatedIsWatchedAgain() throws Exception {
        Files.createDirectories(root.resolve("_delta_log"));
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = files.watch("_delta_log", calls::release)) {
            Files.delete(root.resolve("_delta_log"));
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            Files.createDirectories(root.resolve("_delta_log"));
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            calls.drainPermits();
            Files.writeString(root.resolve("_delta_log/0.json"), "{}");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aCallThatFailsDoesNotEndTheWatch() throws Exception {
        Files.createDirectories(root.resolve("_delta_log"));
        CountDownLatch failed = new CountDownLatch(1);
        Semaphore calls = new Semaphore(0);
        try (AutoCloseable watch = files.watch("_delta_log", () -> {
            calls.release();
            if (failed.getCount() > 0) {
                failed.countDown();
                throw new IllegalStateException("a test");
            }
        })) {
            Files.writeString(root.resolve("_delta_log/0.json"), "{}");
            assertThat(failed.await(20, TimeUnit.SECONDS)).isTrue();
            calls.drainPermits();
            Files.writeString(root.resolve("_delta_log/1.json"), "{}");
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aWatchEndsItsThreadWhenItIsClosed() throws Exception {
        Path watched = Files.createDirectories(root.resolve("watched-to-the-end"));
        AutoCloseable watch = files.watch("watched-to-the-end", () -> {});
        Thread thread = Thread.getAllStackTraces().keySet().stream()
                .filter(t -> t.getName().equals("watch-" + watched.getFileName()))
                .findFirst()
                .orElseThrow();
        assertThat(thread.isDaemon()).isTrue();

        watch.close();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
    }
}
