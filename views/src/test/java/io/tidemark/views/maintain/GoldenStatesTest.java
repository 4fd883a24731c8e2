package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.ingest.tail.TailSettings;
import io.tidemark.ingest.tail.Tailer;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.store.StateException;
import io.tidemark.views.store.ViewStore;
import io.tidemark.views.verify.Verify;
import io.tidemark.views.verify.VerifyOptions;
import io.tidemark.views.verify.VerifyResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * States that each release of Tidemark left, with the table that they are of, which has gone on since. How a release adds its own is
 * said in {@code docs/design/store.md}.
 */
class GoldenStatesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    /** The present format of a state: the number in the name of those that are to be opened. */
    private static final String FORMAT = "-format-2.zip";
    /** Of the table, wherever it lies. */
    private static final String URI = "golden";

    @TempDir
    Path directory;

    static Stream<Path> releases() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> file.toString().endsWith(".zip")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("releases")
    void aStateOfEachReleaseIsExactAndGoesOnOrIsRefusedByASentence(Path release) throws Exception {
        unzip(release);
        if (!release.toString().endsWith(FORMAT)) {
            assertThatThrownBy(() -> ViewStore.open(state(), FollowedTable.SPEC, URI))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("format");
            return;
        }
        VerifyResult opened = verify();
        assertThat(opened.equal()).as("%s", opened.lines()).isTrue();

        long newest = follow();
        VerifyResult followed = verify();
        assertThat(followed.equal()).as("%s", followed.lines()).isTrue();
        assertThat(followed.version()).isEqualTo(newest).isEqualTo(opened.version() + 3);
    }

    /** {@code -Dgolden.make=NAME} makes the state of a release, before the version is raised. */
    @Test
    @EnabledIfSystemProperty(named = "golden.make", matches = ".+")
    void make() throws Exception {
        try (WrittenTable table = new WrittenTable(table())) {
            for (int i = 0; i < 12; i++) {
                table.write(40 + i, i);
                table.commit();
                if (i == 5) {
                    follow(); // its log becomes tables when it is opened again
                }
            }
            table.remove(table.liveFiles().get(2));
            table.commit();
            // As it is while it is open, and as a kill leaves it.
            followAnd(() -> copy(state(), directory.resolve("kept")));
            table.write(30, 77);
            table.commit();
            table.remove(table.liveFiles().get(0));
            table.commit();
            table.compact();
            table.commit();
        }
        Files.createDirectories(GOLDEN);
        try (ZipOutputStream zip = new ZipOutputStream(
                Files.newOutputStream(GOLDEN.resolve(System.getProperty("golden.make") + FORMAT)))) {
            add(zip, directory.resolve("kept"), "state");
            add(zip, table(), "table");
        }
    }

    private Path table() {
        return directory.resolve("table");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private VerifyResult verify() throws IOException {
        try (LocalTableFiles files = new LocalTableFiles(table())) {
            VerifyOptions options = VerifyOptions.of(
                    table().toString(),
                    new Configuration(),
                    FollowedTable.SPEC,
                    new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO),
                    new ParquetScanner(files, ScanLimits.standard()));
            return new Verify(options, line -> {}).state(state(), URI);
        }
    }

    /** @return the version that it is at then */
    private long follow() throws IOException {
        return followAnd(() -> {});
    }

    private interface Action {
        void run() throws IOException;
    }

    private long followAnd(Action whileOpen) throws IOException {
        try (LocalTableFiles files = new LocalTableFiles(table());
                ViewStore store = ViewStore.open(state(), FollowedTable.SPEC, URI);
                ViewMaintainer maintainer = new ViewMaintainer(
                        store,
                        FollowedTable.SPEC,
                        new ScanningFileCounter(FollowedTable.SPEC, new ParquetScanner(files, ScanLimits.standard())),
                        1,
                        List.of(),
                        new MaintainerStatistics())) {
            Tailer tailer = new Tailer(
                    URI,
                    new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO),
                    maintainer,
                    TailSettings.withPollInterval(Duration.ofSeconds(1)),
                    Clock.systemUTC(),
                    Runnable::run,
                    status -> {});
            while (tailer.step().more()) {
                // Each step is one piece of work.
            }
            whileOpen.run();
            return store.state().orElseThrow().version();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** But for what names folders of the machine that it was made on; RocksDB does without. */
    private static void add(ZipOutputStream zip, Path folder, String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String last = file.getFileName().toString();
                if (!last.startsWith("LOG") && !last.startsWith("OPTIONS")) {
                    zip.putNextEntry(new ZipEntry(name + "/" + folder.relativize(file)));
                    Files.copy(file, zip);
                }
            }
        }
    }

    private void unzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                Files.createDirectories(target.getParent());
                Files.copy(zip, target);
            }
        }
    }
}
