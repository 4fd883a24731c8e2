package io.tidemark.web.live;

import io.tidemark.views.query.ScanProgress;
import io.tidemark.views.query.ScanRefusedException;
import io.tidemark.views.store.ViewState;
import io.tidemark.web.scan.StateScans;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * The scans that groups wait for: at most one for each at a time, however many commits come meanwhile. Hub thread only.
 */
final class GroupScans {

    /** What became of a scan; called on the hub's thread. */
    interface Outcome {
        void scanned(FilterGroup group, ViewState state);

        void failed(FilterGroup group, Throwable failure);
    }

    private final StateScans scans;
    private final Executor hub;
    private final Outcome outcome;
    private final Map<FilterGroup, StateScans.Asked> going = new LinkedHashMap<>();
    /** Groups for which there was no room. */
    private final Set<FilterGroup> refused = new LinkedHashSet<>();

    /** @param scans null: the table cannot be scanned, and no group needs it */
    GroupScans(StateScans scans, Executor hub, Outcome outcome) {
        this.scans = scans;
        this.hub = hub;
        this.outcome = outcome;
    }

    /** Sees to it that a group gets what it misses of a state, unless a scan for it is going on: then it is asked again after. */
    void request(FilterGroup group, ViewState now) {
        if (scans == null || going.containsKey(group) || !group.misses(now)) {
            return;
        }
        StateScans.Asked asked;
        try {
            asked = scans.ask(now, group.query());
        } catch (ScanRefusedException e) {
            refused.add(group);
            return;
        }
        refused.remove(group);
        going.put(group, asked);
        // Whoever waits is told on the hub's thread.
        CompletableFuture<ViewState> unused =
                asked.result().whenComplete((state, failure) -> hub.execute(() -> done(group, asked, state, failure)));
    }

    private void done(FilterGroup group, StateScans.Asked asked, ViewState state, Throwable failure) {
        if (!going.remove(group, asked)) {
            return;
        }
        if (failure == null) {
            outcome.scanned(group, state);
        } else {
            outcome.failed(group, failure instanceof CompletionException ? failure.getCause() : failure);
        }
    }

    /** Cancels what nobody waits for any more. */
    void giveUp(FilterGroup group) {
        refused.remove(group);
        StateScans.Asked asked = going.remove(group);
        if (asked != null) {
            asked.leave();
        }
    }

    /** Tries once more for those that there was no room for. */
    void retry(ViewState now) {
        List.copyOf(refused).forEach(group -> request(group, now));
    }

    void forEachGoing(BiConsumer<FilterGroup, ScanProgress> visitor) {
        going.forEach((group, asked) -> visitor.accept(group, asked.progress()));
    }

    void close() {
        List.copyOf(going.keySet()).forEach(this::giveUp);
    }
}
