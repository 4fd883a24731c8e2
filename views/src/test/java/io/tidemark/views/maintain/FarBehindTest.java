package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.store.ViewState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables that are far ahead, or run ahead (FAULTS 27). Sizes for everyday; {@code -Dtidemark.commits} and
 * {@code -Dtidemark.files} make them those of the catalogue.
 */
class FarBehindTest {
    private static final int COMMITS = Integer.getInteger("tidemark.commits", 1_000);
    private static final int FILES = Integer.getInteger("tidemark.files", 5_000);
    private static final int ROWS = 7;

    /** So many links to one file are made before its content is written anew: file systems have a limit. */
    private static final int LINKS = 5_000;

    @TempDir
    private Path directory;

    @AutoClose
    private FollowedTable it;

    @BeforeEach
    void open() throws IOException, SQLException {
        it = new FollowedTable(directory);
    }

    @Test
    void thousandsOfCommitsBehindAreCaughtUpWithInFewStepsEachFileReadOnce() throws Exception {
        it.append(ROWS).settled();
        long began = System.nanoTime();
        List<String> names = links(COMMITS);
        for (int i = 0; i < COMMITS; i++) {
            it.table.add(names.get(i));
            if (i % 10 == 9) {
                it.table.remove(names.get(i - 5));
            }
            it.table.commit();
        }
        tell("written", began);
        began = System.nanoTime();
        it.followed.settle();
        tell(COMMITS + " commits behind", began);

        assertThat(it.version()).isEqualTo(it.table.version());
        assertThat(it.followed.counts().rows()).isEqualTo((long) ROWS * (1 + COMMITS - COMMITS / 10));
        assertThat(it.followed.statistics().steps()).isLessThan(5 + COMMITS / 500);
        assertThat(it.followed.statistics().filesScanned()).isLessThanOrEqualTo(1 + COMMITS);
    }

    @Test
    void aCheckpointWithManyFilesIsCountedFromTheFirstToTheLast() throws Exception {
        it.append(ROWS);
        long began = System.nanoTime();
        for (String name : links(FILES)) {
            it.table.add(name);
        }
        it.table.commit();
        it.table.checkpoint();
        it.table.cleanUp(it.table.version() - 1);
        tell("written", began);
        began = System.nanoTime();
        it.followed.settle();
        tell(FILES + " files in a checkpoint", began);

        assertThat(it.version()).isEqualTo(it.table.version());
        assertThat(it.followed.counts().rows()).isEqualTo((long) ROWS * (1 + FILES));
        assertThat(it.followed.state().files()).isEqualTo(1 + FILES);
    }

    /** A writer who never rests must not keep a follower from showing what it has. */
    @Test
    @Timeout(120)
    void whileAWriterIsFasterThanTheFollowerReadersSeeVersionAfterVersion() throws Exception {
        it.append(ROWS).settled();
        AtomicBoolean stop = new AtomicBoolean();
        List<String> names = links(LINKS);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(names, stop));
        List<Long> seen = new ArrayList<>();
        try {
            while (seen.size() < 15 && !writing.isDone()) {
                it.followed.step();
                ViewState state = it.followed.state();
                assertThat(state.cube().rows())
                        .as("version %d", state.version())
                        .isEqualTo(ROWS * state.version());
                if (seen.isEmpty() || seen.get(seen.size() - 1) < state.version()) {
                    seen.add(state.version());
                }
            }
        } finally {
            stop.set(true);
            writing.join();
        }
        assertThat(seen).as("versions seen while the writer wrote").hasSize(15).isSorted();
        it.followed.settle();
        assertThat(it.version()).isEqualTo(it.table.version());
    }

    private void write(List<String> names, AtomicBoolean stop) {
        try {
            for (String name : names) {
                if (stop.get()) {
                    return;
                }
                it.table.add(name);
                it.table.commit();
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Files of the same rows, as quick as can be. */
    private List<String> links(int count) throws IOException, SQLException {
        Path original = it.root.resolve(it.table.liveFiles().get(0));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "link-" + i + ".parquet";
            if (i % LINKS == 0) {
                Files.copy(original, it.root.resolve(name));
                original = it.root.resolve(name);
            } else {
                Files.createLink(it.root.resolve(name), original);
            }
            names.add(name);
        }
        return names;
    }

    private static void tell(String what, long began) {
        Runtime runtime = Runtime.getRuntime();
        System.out.printf(
                "%s: %d ms, heap %d MB%n",
                what, (System.nanoTime() - began) / 1_000_000, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}
