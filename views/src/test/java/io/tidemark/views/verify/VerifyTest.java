package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.DeltaRsTable;
import io.tidemark.views.store.Step;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} says of a state that is right, of one that is not, and of versions that no state is at. */
class VerifyTest {
    @TempDir
    private Path directory;

    private final DeltaRsTable table = DeltaRsTable.all().get(0);
    private TableFiles files;
    private VerifyOptions options;

    @BeforeEach
    void open() throws IOException {
        files = new LocalTableFiles(table.table());
        options = VerifyOptions.of(
                table.table().toString(),
                new Configuration(),
                DeltaRsTable.EVENTS,
                new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO),
                new ParquetScanner(files, ScanLimits.standard()));
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void aStateThatIsRightIsEqual() {
        stateAt(1);

        VerifyResult result = verify().state(directory, uri());

        assertThat(result.equal()).isTrue();
        assertThat(result.lines()).singleElement().asString().startsWith("EQUAL at version 1: 0 of ");
    }

    @Test
    void everyCellThatWasTamperedWithIsFoundAndTheFirstOnesAreNamed() {
        stateAt(1);
        forgetTheSecondFile();

        VerifyResult result = verify().state(directory, uri());

        assertThat(result.equal()).isFalse();
        Set<List<String>> wrong = wrongCells();
        assertThat(result.differences()).isEqualTo(wrong.size()).isGreaterThan(20);
        assertThat(result.first()).hasSize(20).allSatisfy(difference -> {
            List<String> group = new ArrayList<>(List.of(difference.view()));
            group.addAll(difference.group());
            assertThat(wrong).contains(group);
            assertThat(difference.served()).isEqualTo(count(0, group));
            assertThat(difference.counted()).isEqualTo(count(1, group));
        });
        assertThat(result.lines())
                .contains("totals \"events\": served 50, counted 72")
                .contains("… and " + (wrong.size() - 20) + " more")
                .last()
                .asString()
                .startsWith("DIFFERENT at version 1: " + wrong.size() + " of ");
    }

    @Test
    void anyVersionThatTheTableStillHasCanBeChecked() throws IOException {
        for (int version : new int[] {0, 6, 9}) {
            VerifyResult result = verify().version(version, uri());

            assertThat(result.lines().get(0)).startsWith("EQUAL at version " + version + ": 0 of ");
            assertThat(result.lines()).anyMatch(line -> line.contains("built anew"));
            assertThat(result.rows()).isEqualTo(count(version, List.of("totals", "events")));
        }
    }

    @Test
    void aVersionThatTheTableNeverHadIsNamed() {
        assertThatThrownBy(() -> verify().version(10, uri()))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("version 10");
    }

    /** A state's second file leaves it, though it is live in the table: what damage would look like that no checksum shows. */
    private void forgetTheSecondFile() {
        try (ViewStore store = ViewStore.open(directory, DeltaRsTable.EVENTS, uri());
                Step step = store.begin(store.state().orElseThrow().metadata())) {
            ViewState state = store.state().orElseThrow();
            DataFile second =
                    options.log().commit(1).orElseThrow().adds().iterator().next();
            step.remove(second.id());
            step.commit(
                    store.position().orElseThrow(), state.metadata(), java.util.Optional.empty(), state.committedAt());
        }
    }

    private Set<List<String>> wrongCells() {
        Set<List<String>> groups =
                new HashSet<>(table.versions().get(0).counts().keySet());
        groups.addAll(table.versions().get(1).counts().keySet());
        groups.removeIf(group -> count(0, group) == count(1, group));
        return groups;
    }

    private long count(int version, List<String> group) {
        return table.versions().get(version).counts().getOrDefault(group, 0L);
    }

    private void stateAt(long version) {
        try (ViewStore store = ViewStore.open(directory, DeltaRsTable.EVENTS, uri())) {
            FreshViews.bring(store, version, options);
        }
    }

    private Verify verify() {
        return new Verify(options, line -> {});
    }

    private String uri() {
        return files.root().toString();
    }
}
