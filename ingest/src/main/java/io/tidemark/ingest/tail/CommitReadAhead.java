package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DeltaLog;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads the commits after the one in hand while it is worked on. How far ahead grows with success, so that the end of the log
 * costs few requests for nothing.
 *
 * <p>For one thread; the reading is done by the executor's.
 */
final class CommitReadAhead {
    private final DeltaLog log;
    private final Executor executor;
    private final int most;
    private final Map<Long, CompletableFuture<Optional<Commit>>> asked = new HashMap<>();
    private int window = 1;

    CommitReadAhead(DeltaLog log, Executor executor, int most) {
        this.log = log;
        this.executor = executor;
        this.most = most;
    }

    /** A commit as the log has it now, or as it was when it was read ahead. Absence and failure are always of now. */
    Optional<Commit> first(long version) {
        Optional<Commit> known = readAlready(version);
        return known.isPresent() ? known : log.commit(version);
    }

    /**
     * A commit that follows one in hand, and begins to read those after it.
     *
     * @return empty if there is none yet, or it cannot be read: {@link #first} then says why
     */
    Optional<Commit> next(long version) {
        for (long v = version; v < version + window; v++) {
            asked.computeIfAbsent(v, this::ask);
        }
        Optional<Commit> commit = readAlready(version);
        if (commit.isEmpty()) {
            forget();
        } else {
            window = Math.min(window * 2, most);
        }
        return commit;
    }

    /** Gives up what was read ahead and not taken. */
    void forget() {
        asked.values().forEach(future -> future.cancel(false));
        asked.clear();
        window = 1;
    }

    /** The one read of a version that is kept for the caller that still wants it; see {@link #next}. */
    void giveBack(Commit commit) {
        asked.put(commit.version(), CompletableFuture.completedFuture(Optional.of(commit)));
    }

    private CompletableFuture<Optional<Commit>> ask(long version) {
        return CompletableFuture.supplyAsync(() -> log.commit(version), executor);
    }

    private Optional<Commit> readAlready(long version) {
        CompletableFuture<Optional<Commit>> future = asked.remove(version);
        if (future == null) {
            return Optional.empty();
        }
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            return Optional.empty();
        }
    }
}
