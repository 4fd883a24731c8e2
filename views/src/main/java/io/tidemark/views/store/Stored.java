package io.tidemark.views.store;

import io.tidemark.ingest.tail.Position;

/** What was stored last; one reference, so that its parts are of one step. */
record Stored(StateRecord record, ViewState state, CommitHistory commits) {
    Position position() {
        return record.position();
    }
}
