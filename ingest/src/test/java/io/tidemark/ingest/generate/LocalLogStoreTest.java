package io.tidemark.ingest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.storage.HDFSLogStore;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogStoreTest {
    private final Configuration conf = new Configuration();
    private final LogStore store = new LocalLogStore(conf);

    @TempDir
    java.nio.file.Path dir;

    @Test
    void ofManyWhoWantAVersionOneGetsIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int version = 0; version < 50; version++) {
                Path commit = path("commit-" + version);
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int writer = 0; writer < 4; writer++) {
                    String name = "writer " + writer;
                    writers.add(() -> takes(commit, name));
                }
                int winners = 0;
                for (Future<Boolean> one : threads.invokeAll(writers)) {
                    winners += one.get() ? 1 : 0;
                }
                assertThat(winners).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).hasSize(50).allMatch(name -> name.startsWith("commit-"));
    }

    private boolean takes(Path commit, String content) throws IOException {
        try {
            // Another store object each, as in another process.
            new LocalLogStore(conf).write(commit, List.of(content).iterator(), false, conf);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Test
    void aListingBeginsAtTheNameThatWasAskedForAndIsInOrder() throws IOException {
        for (String name : List.of("03", "01", "04", "02")) {
            store.write(path(name), List.of(name).iterator(), false, conf);
        }

        List<String> names = new ArrayList<>();
        store.listFrom(path("02"), conf)
                .forEachRemaining(status -> names.add(status.getPath().getName()));

        assertThat(names).containsExactly("02", "03", "04");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> store.read(path("none"), conf)).isInstanceOf(FileNotFoundException.class);
        assertThatThrownBy(() -> store.listFrom(new Path(path("none"), "x"), conf))
                .isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void hadoopReadsWhatWasWrittenOverAFileOfItsOwn() throws IOException {
        LogStore hadoop = new HDFSLogStore(conf);
        hadoop.write(path("_last_checkpoint"), List.of("theirs").iterator(), true, conf);
        store.write(path("_last_checkpoint"), List.of("ours, and longer").iterator(), true, conf);

        try (var lines = hadoop.read(path("_last_checkpoint"), conf)) {
            assertThat(lines.next()).isEqualTo("ours, and longer");
        }
    }

    private Path path(String name) {
        return new Path(new Path(dir.toUri()), name);
    }

    private List<String> names() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
