package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeletionVector;
import io.tidemark.ingest.log.FileId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetChangesTest {
    private final NetChanges changes = new NetChanges(Set.of(file("live").id())::contains);

    @Test
    void anAddedFileEnters() {
        take(List.of(file("a")));

        assertThat(changes.entering()).containsExactly(file("a"));
        assertThat(changes.leaving()).isEmpty();
    }

    @Test
    void aRemovedFileLeaves() {
        take(List.of(), file("live"));

        assertThat(changes.leaving()).containsExactly(file("live").id());
    }

    @Test
    void reAddingAnActiveFileCountsNothing() {
        take(List.of(file("live")));

        assertThat(changes.entering()).isEmpty();
        assertThat(changes.leaving()).isEmpty();
        assertThat(changes.addsWithoutEffect()).isEqualTo(1);
    }

    @Test
    void removingAFileThatIsNotLiveHasNoEffectButIsCounted() {
        take(List.of(), file("never"));
        take(List.of(), file("live"));
        take(List.of(), file("live"));

        assertThat(changes.leaving()).containsExactly(file("live").id());
        assertThat(changes.removesWithoutEffect()).isEqualTo(2);
    }

    @Test
    void aFileAddedAndRemovedAgainIsNeverCounted() {
        take(List.of(file("a")));
        take(List.of(), file("a"));

        assertThat(changes.entering()).isEmpty();
        assertThat(changes.leaving()).isEmpty();
        assertThat(changes.removesWithoutEffect()).isZero();
    }

    @Test
    void aLiveFileRemovedAndAddedAgainStaysAsItIs() {
        take(List.of(), file("live"));
        take(List.of(file("live")));

        assertThat(changes.entering()).isEmpty();
        assertThat(changes.leaving()).isEmpty();
    }

    @Test
    void theSamePathWithAnotherDeletionVectorIsAnotherFile() {
        DataFile shrunk = new DataFile(
                "live",
                Optional.of(new DeletionVector("i", "abc", Optional.empty(), 4, 1)),
                Map.of(),
                1,
                Optional.empty());
        take(List.of(shrunk), file("live"));

        assertThat(changes.entering()).containsExactly(shrunk);
        assertThat(changes.leaving()).containsExactly(file("live").id());
    }

    @Test
    void aFileThatOneCommitRemovesAndAddsIsLiveAfterIt() {
        take(List.of(file("live")), file("live"));
        take(List.of(file("a")), file("a"));

        assertThat(changes.entering()).containsExactly(file("a"));
        assertThat(changes.leaving()).isEmpty();
    }

    private void take(List<DataFile> adds, DataFile... removes) {
        List<FileId> removed = Arrays.stream(removes).map(DataFile::id).toList();
        changes.take(new Commit(
                0, Instant.EPOCH, "", adds, removed, Optional.empty(), Optional.empty(), Optional.empty(), 0));
    }

    private static DataFile file(String path) {
        return new DataFile(path, Optional.empty(), Map.of(), 1, Optional.empty());
    }
}
