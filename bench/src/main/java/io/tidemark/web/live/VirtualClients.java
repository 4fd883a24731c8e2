package io.tidemark.web.live;

import io.tidemark.web.access.Admission;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.wire.RowCount;
import io.tidemark.web.wire.StatusReport;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Clients of a real hub without sockets, to see what the hub itself keeps of each. In the hub's package, as its door for
 * transports is not open to others.
 */
public final class VirtualClients implements AutoCloseable {
    private final LiveHub hub;
    private final List<Client> clients = new ArrayList<>();

    /** @param table that is not started yet */
    public VirtualClients(LiveTable table) {
        RowCount rows = new RowCount();
        hub = new LiveHub(
                table,
                HubLimits.DEFAULT,
                () -> StatusReport.of(table, rows, 0, Optional.empty(), Duration.ZERO),
                Optional.empty(),
                List::of);
    }

    /** Attaches clients that take every message at once, and waits until each has its snapshot. */
    public void attach(int count) throws InterruptedException {
        CountDownLatch missing = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            Client client = hub.attach(new Swallowing(missing), Admission.OPEN).orElseThrow();
            client.receive("{\"op\":\"subscribe\",\"id\":\"page\"}");
            clients.add(client);
        }
        missing.await();
    }

    @Override
    public void close() {
        clients.forEach(hub::detach);
        hub.close();
    }

    /** Knows of the first snapshot only. */
    private static final class Swallowing implements Outlet {
        private CountDownLatch snapshot;

        Swallowing(CountDownLatch snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Future<Void> send(String text) {
            if (snapshot != null && text.startsWith("{\"op\":\"snapshot\"")) {
                snapshot.countDown();
                snapshot = null;
            }
            return Future.succeededFuture();
        }

        @Override
        public void abort() {}

        @Override
        public void close(int code, String reason) {}
    }
}
