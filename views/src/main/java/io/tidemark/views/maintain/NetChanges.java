package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What commits in a row come to, file by file: those that enter the table and those that leave it.
 *
 * <p>A file that is added and removed again is in neither. Adding a live file changes nothing, nor does removing one that is
 * not live.
 */
final class NetChanges {
    private final Predicate<FileId> wasLive;
    private final Map<FileId, State> states = new LinkedHashMap<>();
    private long addsWithoutEffect;
    private long removesWithoutEffect;

    /** @param wasLive whether a file is live before the first of the commits */
    NetChanges(Predicate<FileId> wasLive) {
        this.wasLive = wasLive;
    }

    void take(Commit commit) {
        // A set and not a sequence: a file that one commit removes and adds is live after it.
        for (FileId file : commit.removes()) {
            State state = state(file);
            if (!state.live) {
                removesWithoutEffect++;
            }
            state.live = false;
        }
        for (DataFile file : commit.adds()) {
            State state = state(file.id());
            if (state.live) {
                addsWithoutEffect++;
            }
            state.live = true;
            state.file = file;
        }
    }

    /** Files to be counted. */
    List<DataFile> entering() {
        List<DataFile> files = new ArrayList<>();
        for (State state : states.values()) {
            if (state.live && !state.wasLive) {
                files.add(state.file);
            }
        }
        return files;
    }

    /** Files to be taken back. */
    List<FileId> leaving() {
        List<FileId> files = new ArrayList<>();
        states.forEach((file, state) -> {
            if (state.wasLive && !state.live) {
                files.add(file);
            }
        });
        return files;
    }

    long addsWithoutEffect() {
        return addsWithoutEffect;
    }

    long removesWithoutEffect() {
        return removesWithoutEffect;
    }

    private State state(FileId file) {
        return states.computeIfAbsent(file, id -> new State(wasLive.test(id)));
    }

    private static final class State {
        private final boolean wasLive;
        private boolean live;
        /** As added last; null if no commit added it. */
        private DataFile file;

        State(boolean wasLive) {
            this.wasLive = wasLive;
            this.live = wasLive;
        }
    }
}
