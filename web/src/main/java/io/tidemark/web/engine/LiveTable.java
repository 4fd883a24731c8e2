package io.tidemark.web.engine;

import io.tidemark.ingest.files.StoreRequests;
import io.tidemark.ingest.tail.TailState;
import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.ServedLimits;
import io.tidemark.views.quality.FindingBoard;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.CommitHistory;
import io.tidemark.views.store.NativeMemory;
import io.tidemark.views.store.StateHistory;
import io.tidemark.views.store.ViewState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One table that is followed, as routes and sockets see it. Safe for use by many threads; no method blocks;
 * what {@link #queries()} gives does.
 *
 * <p>An answer takes {@link #state()} once and is made of that alone.
 */
public interface LiveTable {

    /** Name in paths and metrics. */
    String name();

    /** The table's root as users may see it: no credentials. */
    String uri();

    CubeSpec spec();

    /** What follows the table: {@code embedded} or {@code kafka}. */
    default String engine() {
        return "embedded";
    }

    /** How much of each view is listed in pages and messages. */
    default ServedLimits limits() {
        return ServedLimits.DEFAULT;
    }

    /** The newest state; empty before a first version is served. */
    Optional<ViewState> state();

    /** The newest state with the versions that led to it; those are none where nothing is kept of them. */
    default Optional<StateHistory> history() {
        return state().map(state -> new StateHistory(state, CommitHistory.NONE));
    }

    TailStatus status();

    Progress progress();

    Activity activity();

    /** What is odd about the table's data. */
    FindingBoard findings();

    /** What can be asked beyond the newest state, by reading files; empty if the table cannot be scanned from here. */
    default Optional<TableQueries> queries() {
        return Optional.empty();
    }

    /** Bytes of the heap that the state takes, as estimated, and how many it may. */
    default HeapUse heap() {
        return new HeapUse(0, Runtime.getRuntime().maxMemory() / 2);
    }

    /** @param most beyond this, what comes next is refused */
    record HeapUse(long bytes, long most) {}

    /** What became of the stored state. */
    default StateHealth stateHealth() {
        return StateHealth.GOOD;
    }

    /** What reading the table cost in requests; empty where a read is none. */
    default Optional<StoreRequests> storeRequests() {
        return Optional.empty();
    }

    /**
     * True if nothing follows the table any more, whatever becomes of it, and only another start of the process helps. A table
     * that is stale is tried again, and not lost.
     */
    default boolean isLost() {
        return status().state() == TailState.FAILED;
    }

    /** Asks the table for its next commit now: something says that there is one. */
    default void wake() {}

    /** What the state takes beside the heap. */
    default NativeMemory nativeMemory() {
        return NativeMemory.NONE;
    }

    /** Bytes that are free where the state is kept; 0 if that is not known. */
    default long freeBytes() {
        return folder().map(folder -> folder.toFile().getUsableSpace()).orElse(0L);
    }

    /** Bytes of the state on disk. */
    long storeBytes();

    /** A folder of this table's own, for what is to outlive the process beside the state; empty if there is none. */
    default Optional<Path> folder() {
        return Optional.empty();
    }

    /** Tells a listener of everything that follows, until the process ends. Add listeners before the table is started. */
    void listen(TableListener listener);
}
