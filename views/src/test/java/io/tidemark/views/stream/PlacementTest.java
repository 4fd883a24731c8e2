package io.tidemark.views.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.FileId;
import io.tidemark.views.query.ScanPeerException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an instance's work is, what others have, and what it keeps itself. */
class PlacementTest {
    @TempDir
    private Path directory;

    @Test
    void standbysNameAndPlaceAreSettingsOfKafkaStreams() {
        Placement placement = new Placement(1, Optional.of("tidemark-0"), Map.of("zone", "a", "host", "h1"));

        assertThat(placement.settings())
                .containsEntry("num.standby.replicas", 1)
                .containsEntry("main.consumer.group.instance.id", "tidemark-0")
                .containsEntry("client.tag.zone", "a")
                .containsEntry("client.tag.host", "h1")
                .containsEntry("rack.aware.assignment.tags", "host,zone");
        assertThat(Placement.ANYWHERE.settings()).containsOnlyKeys("num.standby.replicas");
    }

    @Test
    void everyFileHasOneOwnerAndWhatNobodyElseHasIsReadHere() {
        FileOwners owners = FileOwners.of(Arrays.asList(null, "b:1", "c:2", "b:1"));
        assertThat(owners.others()).isEqualTo(2);

        FileId file = new FileId("part-1.parquet", Optional.empty());
        assertThat(owners.of(file)).isEqualTo(owners.of(file));
        for (int i = 0; i < 50; i++) {
            FileId other = new FileId("part-" + i + ".parquet", Optional.empty());
            assertThat(owners.of(other).orElse("here")).isIn("here", "b:1", "c:2");
            assertThat(FileOwners.of(Arrays.asList((String) null)).of(other)).isEmpty();
        }
    }

    @Test
    void beforeTheStartNobodyKnowsWhoHasWhatUnlessNobodyIsAsked() {
        assertThat(FileOwners.of(null, "files", 3, Optional.empty()).others()).isZero();
        assertThatThrownBy(() -> FileOwners.of(null, "files", 3, Optional.of("a:1")))
                .isInstanceOf(ScanPeerException.class)
                .hasMessageContaining("Try again");
    }

    @Test
    void whatIsOfAnotherLifeOfTheClusterIsThrownAway() throws Exception {
        Path kept = directory.resolve("streams").resolve("tidemark").resolve("file");
        LocalState.startIn(directory, "first");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, "x");

        LocalState.startIn(directory, "first");
        assertThat(kept).exists();

        LocalState.startIn(directory, "second");
        assertThat(directory.resolve("streams")).doesNotExist();
        LocalState.startIn(directory, "second");
    }
}
