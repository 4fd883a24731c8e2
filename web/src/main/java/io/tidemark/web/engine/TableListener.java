package io.tidemark.web.engine;

import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.store.Applied;

/** Told of what happens to a table, in order, on the threads of the tailer; must not block. */
public interface TableListener {

    default void onStep(Applied step) {}

    default void onStatus(TailStatus status) {}
}
