package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * First starts from checkpoints of every kind that are whole, damaged or missing in part (FAULTS 28), on real files. Each table
 * has files that came and went before the checkpoint, and commits after it.
 */
class BrokenCheckpointTest {
    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    private Path log;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
        log = it.root.resolve("_delta_log");
        it.append(20).append(30).append(10);
        it.table.remove(it.table.liveFiles().get(0));
        it.table.commit();
    }

    /** More commits, so that the checkpoint is not all there is; and the ones before it gone, if told so. */
    private void goOn(boolean cleanUp) throws IOException, SQLException {
        long checkpoint = it.table.version();
        it.append(5).append(6);
        if (cleanUp) {
            it.table.cleanUp(checkpoint - 1);
            it.table.vacuum();
        }
    }

    private void hint(String text) throws IOException {
        Files.writeString(log.resolve("_last_checkpoint"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":4,\"size\":4}",
                "",
                "{",
                "{\"version\":2,\"size\":1}",
                "{\"version\":999,\"size\":1}",
                "{\"version\":-4}",
                "{\"version\":4,\"size\":4,\"parts\":7}",
                "null"
            })
    void theHintAtTheNewestCheckpointMayBeWrong(String hint) throws Exception {
        it.table.checkpoint();
        goOn(true);
        hint(hint);
        it.settled();
    }

    @Test
    void aCheckpointInPartsIsRead() throws Exception {
        Checkpoints.writeParts(it.table.checkpointActions(), log, it.table.version(), 3);
        goOn(true);
        it.settled();
    }

    @Test
    void aCheckpointWithASidecarIsRead() throws Exception {
        Checkpoints.writeWithSidecar(it.table.checkpointActions(), log, it.table.version());
        goOn(true);
        it.settled();
    }

    @Test
    void aDamagedCheckpointIsMadeUpForByTheOneBeforeItAndTheCommitsSince() throws Exception {
        it.table.checkpoint();
        it.append(8).append(9);
        it.table.cleanUp(3);
        it.table.checkpoint();
        Files.writeString(log.resolve(String.format("%020d.checkpoint.parquet", it.table.version())), "damaged");
        goOn(false);
        hint("{\"version\":" + (it.table.version() - 2) + ",\"size\":4}");
        it.settled();
    }

    @Test
    void aMissingPartIsMadeUpForByTheCommits() throws Exception {
        List<Path> parts = Checkpoints.writeParts(it.table.checkpointActions(), log, it.table.version(), 3);
        Files.delete(parts.get(1));
        goOn(false);
        it.settled();
    }

    @Test
    void aMissingSidecarIsMadeUpForByTheCommits() throws Exception {
        Path sidecar = Checkpoints.writeWithSidecar(it.table.checkpointActions(), log, it.table.version());
        Files.delete(sidecar);
        goOn(false);
        // It shows only while the files are listed; the second try goes without the checkpoint.
        it.followed.settleOrStop();
        it.settled();
    }

    /** Nothing else tells what the table holds: it stops, and goes on when what is missing is back. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "part", "sidecar", "sidecar cut off"})
    void whatNothingMakesUpForIsNotServedUntilItIsRepaired(String kind) throws Exception {
        long version = it.table.version();
        Path broken = switch (kind) {
            case "part" ->
                Checkpoints.writeParts(it.table.checkpointActions(), log, version, 3)
                        .get(1);
            case "classic" -> {
                it.table.checkpoint();
                yield log.resolve(String.format("%020d.checkpoint.parquet", version));
            }
            default -> Checkpoints.writeWithSidecar(it.table.checkpointActions(), log, version);
        };
        goOn(true);
        Path aside = directory.resolve("aside");
        Files.move(broken, aside);
        if (kind.equals("classic")) {
            Files.writeString(broken, "damaged");
        } else if (kind.equals("sidecar cut off")) {
            byte[] bytes = Files.readAllBytes(aside);
            Files.write(broken, Arrays.copyOf(bytes, bytes.length - 40));
        }

        for (int attempt = 0; attempt < 3; attempt++) {
            String why = it.stopped();
            assertThat(why)
                    .contains("checkpoint cannot be read", "Restore")
                    .doesNotContain("Exception", it.root.toString(), "io.delta", "@");
            assertThat(it.followed.hasState()).isFalse();
        }
        Files.move(aside, broken, StandardCopyOption.REPLACE_EXISTING);
        // Damage that was seen is not asked for again at once.
        it.followed.settleOrStop();
        it.settled();
    }
}
