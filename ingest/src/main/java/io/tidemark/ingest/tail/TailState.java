package io.tidemark.ingest.tail;

/** What the tailer is doing. Names as in {@code status.state}, in lower case with dashes. */
public enum TailState {
    /** There is no table yet. */
    WAITING,
    /** Nothing was applied yet; the first snapshot is being counted. */
    BOOTSTRAPPING,
    /** Versions are known to be missing. */
    CATCHING_UP,
    /** The newest version that the log had when it was last asked is applied. */
    LIVE,
    /** Stopped before a version, for a reason; asked again until it goes. */
    STALE,
    /** Stopped for good. */
    FAILED
}
