package io.tidemark.web.scan;

import io.tidemark.views.query.ScanProgress;
import io.tidemark.views.query.StateQuery;
import io.tidemark.views.query.TableQueries;
import io.tidemark.views.store.ViewState;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Scans for states of one table. Those who ask for the same at the same time share one scan; it is cancelled when the last
 * of them has gone. Safe for use by many threads.
 */
public final class StateScans {
    private final TableQueries queries;
    private final ScanPool pool;
    private final Map<Key, Shared> going = new HashMap<>();

    public StateScans(TableQueries queries, ScanPool pool) {
        this.queries = queries;
        this.pool = pool;
    }

    /** @param version that was served when it was asked for */
    private record Key(String epoch, long version, StateQuery query) {}

    /** Guarded by the outer object. */
    private static final class Shared {
        private final ScanPool.Running<ViewState> running;
        private int waiting;

        Shared(ScanPool.Running<ViewState> running) {
            this.running = running;
        }
    }

    /** One who waits for a state. */
    public final class Asked {
        private final Key key;
        private final Shared shared;
        private boolean left; // guarded by the outer object

        private Asked(Key key, Shared shared) {
            this.key = key;
            this.shared = shared;
        }

        /**
         * The state; of the version that was asked for or, if none was, of the one that is served now or later. Fails as
         * {@link TableQueries#state} does.
         */
        public CompletableFuture<ViewState> result() {
            return shared.running.result();
        }

        public ScanProgress progress() {
            return shared.running.progress();
        }

        /** Says that nobody waits for this any more. */
        public void leave() {
            synchronized (StateScans.this) {
                if (left) {
                    return;
                }
                left = true;
                shared.waiting--;
                if (shared.waiting > 0) {
                    return;
                }
                going.remove(key, shared);
            }
            shared.running.cancel();
        }
    }

    /**
     * Begins a scan, or joins one that is going on.
     *
     * @param now the state that is served
     * @throws io.tidemark.views.query.ScanRefusedException if there are too many scans already
     */
    public Asked ask(ViewState now, StateQuery query) {
        Key key = new Key(now.epoch(), now.version(), query);
        Asked asked;
        boolean begun;
        synchronized (this) {
            Shared shared = going.get(key);
            begun = shared == null;
            if (begun) {
                shared =
                        new Shared(pool.start(scan -> queries.state(query, scan).orElseThrow()));
                going.put(key, shared);
            }
            shared.waiting++;
            asked = new Asked(key, shared);
        }
        if (begun) {
            // Who waits is told by the result itself.
            CompletableFuture<ViewState> unused = asked.result().whenComplete((state, failure) -> {
                synchronized (this) {
                    going.remove(key, asked.shared);
                }
            });
        }
        return asked;
    }
}
