package io.tidemark.views.stream;

import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.store.Applied;

/** Told of what happens to one table's replica, in order, on the thread of the replicas; must not block. */
public interface ReplicaListener {

    void onStep(Applied step);

    void onStatus(TailStatus status);
}
