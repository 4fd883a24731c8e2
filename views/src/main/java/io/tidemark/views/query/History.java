package io.tidemark.views.query;

import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.store.ViewState;
import io.tidemark.views.store.ViewStore;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The history that is served, as of one moment: what is read of the log afterwards is told as of its epoch only if the log is
 * still that history. The tailer may not have noticed yet.
 *
 * @param now the state that was served
 * @param position of a state of the same epoch
 */
record History(ViewState now, Position position) {

    /** Empty before a first version is served. */
    static Optional<History> of(ViewStore store) {
        while (true) {
            Optional<ViewState> before = store.state();
            Optional<Position> position = store.position();
            Optional<ViewState> after = store.state();
            if (before.isEmpty() || position.isEmpty()) {
                return Optional.empty();
            }
            if (before.get().epoch().equals(after.orElseThrow().epoch())) {
                return Optional.of(new History(before.get(), position.get()));
            }
        }
    }

    /** @throws TableException if the log has another history by now */
    void requireIn(DeltaLog log) {
        Optional<String> found = log.fingerprint(position.version());
        boolean same;
        if (found.isPresent() && !position.fingerprint().isEmpty()) {
            same = found.get().equals(position.fingerprint());
        } else {
            OptionalLong latest = log.latestVersion(-1);
            same = latest.isPresent() && latest.getAsLong() >= position.version();
        }
        if (!same) {
            throw new TableException("[version " + position.version()
                    + "] The table's log was rewritten. Ask again when the new history is served.");
        }
    }
}
