package io.tidemark.ingest.tail;

import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.Commit;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.log.MissingDataFileException;
import io.tidemark.ingest.log.TableSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Keeps the paths of live files, and writes down what it was told. Fails on files said to be missing, as the real one would. */
final class RecordingSink implements CommitSink {
    final List<String> calls = new ArrayList<>();
    final Set<String> missing = new HashSet<>();
    /** What happens in the table when a file is found to be missing. */
    Runnable whenMissing = () -> {};
    /** Versions whose columns are not to be counted. */
    final Set<Long> mismatched = new HashSet<>();

    private Optional<Position> position = Optional.empty();
    private Set<String> live = new TreeSet<>();
    private Throwable failure;

    static RecordingSink at(String tableId, long version, String fingerprint) {
        RecordingSink sink = new RecordingSink();
        sink.position = Optional.of(new Position(tableId, version, fingerprint));
        return sink;
    }

    void failWith(Throwable next) {
        failure = next;
    }

    Set<String> live() {
        return live;
    }

    long version() {
        return position.orElseThrow().version();
    }

    List<String> takeCalls() {
        List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public Optional<Position> position() {
        return position;
    }

    @Override
    public void apply(List<Commit> commits) {
        long next = position.orElseThrow().version() + 1;
        Set<String> after = new TreeSet<>(live);
        for (Commit commit : commits) {
            if (commit.version() != next++) {
                throw new IllegalArgumentException("Version skipped: " + commit.version());
            }
            commit.removes().stream().map(FileId::path).forEach(after::remove);
            commit.adds().stream().map(DataFile::path).forEach(after::add);
        }
        long first = commits.get(0).version();
        long last = commits.get(commits.size() - 1).version();
        move(
                after,
                first == last ? "apply " + first : "apply " + first + " to " + last,
                new Position(
                        position.get().tableId(),
                        last,
                        commits.get(commits.size() - 1).fingerprint()));
    }

    @Override
    public void reconcile(TableSnapshot snapshot, boolean newEpoch) {
        Set<String> after = new TreeSet<>();
        snapshot.files().forEachRemaining(file -> after.add(file.path()));
        move(
                after,
                "reconcile " + snapshot.version() + (newEpoch ? " new epoch" : ""),
                new Position(snapshot.metadata().id(), snapshot.version(), snapshot.fingerprint()));
    }

    private void move(Set<String> after, String call, Position to) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
        if (mismatched.contains(to.version())) {
            throw new ColumnMismatchException("columns of " + to.version());
        }
        for (String path : after) {
            if (!live.contains(path) && missing.contains(path)) {
                calls.add("missing " + path + " at " + to.version());
                whenMissing.run();
                throw new MissingDataFileException("[table@" + to.version() + " " + path + "] missing", null);
            }
        }
        calls.add(call);
        live = after;
        position = Optional.of(to);
    }
}
