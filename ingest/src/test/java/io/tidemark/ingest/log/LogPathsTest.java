package io.tidemark.ingest.log;

import static io.tidemark.ingest.log.Lines.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.InMemoryTableFiles;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths in the log: decoded once, and never out of the table. */
class LogPathsTest {
    private final InMemoryTableFiles files = new InMemoryTableFiles(URI.create("s3://bucket/t%20x/table"));
    private final DeltaTableLog log = new DeltaTableLog(files);

    @ParameterizedTest
    @CsvSource({
        "a%20b, a b",
        "a%2520b, a%20b",
        "a+b, a+b",
        "a%2Bb, a+b",
        "a%23b;c=d, a#b;c=d",
        "%C3%A9%E2%82%AC, é€",
        "é, é",
        "p=a%2Fb/x, p=a/b/x",
        "p=2020-01-01%2000%253A00/x, p=2020-01-01 00%3A00/x",
        "a..b/..c/d.., a..b/..c/d..",
        "s3://bucket/t%20x/table/p=1/x, p=1/x",
        "s3a://bucket/t%20x/table/a%2520b, a%20b",
    })
    void aPathIsDecodedOnceInCommitAndSnapshot(String written, String path) {
        files.putCommit(0, Lines.PROTOCOL, Lines.metadata("t", "x"), add(written));

        assertThat(log.commit(0).orElseThrow().adds())
                .extracting(DataFile::path)
                .containsExactly(path);
        try (TableSnapshot snapshot = log.latestSnapshot().orElseThrow()) {
            assertThat(snapshot.files().next().path()).isEqualTo(path);
        }
    }

    @Test
    void aVeryLongPathIsAPath() {
        String path = "p=" + "x".repeat(1_000) + "/f.parquet";
        files.putCommit(0, add(path));

        assertThat(log.commit(0).orElseThrow().adds())
                .extracting(DataFile::path)
                .containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/abs",
                "/etc/passwd",
                "//host/x",
                "s3://other/t%20x/table/x",
                "s3://bucket/other/x",
                "s3://bucket/t%20x/table",
                "s3://bucket/t%20x/tables/x",
                "s3://bucket/t%20x/table/../x",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "hdfs://bucket/t%20x/table/x",
                "http://169.254.169.254/latest",
                "../x",
                "a/../../x",
                "a/..",
                "..",
                "%2e%2e/x",
                "a/%2E%2e/%2e./x",
                "a%2f..%2fx",
                "%2Fetc/passwd",
                "file%3A/etc/passwd",
                "a%00b",
            })
    void aPathThatLeavesTheTableIsRefusedAndNotOpened(String written) {
        files.putCommit(0, Lines.PROTOCOL, Lines.metadata("t", "x"), add(written));

        assertThatThrownBy(() -> log.commit(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("only files under the table's root are read");
        assertThat(files.asked()).containsOnly(InMemoryTableFiles.commitPath(0));
        try (TableSnapshot snapshot = log.snapshot(0)) {
            assertThatThrownBy(() -> snapshot.files().next())
                    .isInstanceOf(TableException.class)
                    .hasMessageContaining("only files under the table's root are read");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%2", "a%zz", "a%+1b", "%C3", "a%E2%82"})
    void aMalformedEscapeIsRefusedByName(String written) {
        files.putCommit(0, add(written));

        assertThatThrownBy(() -> log.commit(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("'" + written + "'");
    }

    @Test
    void takingAwayAFileThatWasNeverCountedForItsPathChangesNothing() {
        files.putCommit(0, Lines.remove("../outside.parquet"), Lines.remove("a"));

        assertThat(log.commit(0).orElseThrow().removes())
                .extracting(FileId::path)
                .containsExactly("a");
    }
}
