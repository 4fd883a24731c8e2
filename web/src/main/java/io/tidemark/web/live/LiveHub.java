package io.tidemark.web.live;

import io.tidemark.ingest.tail.TailStatus;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Unlisted;
import io.tidemark.views.store.Applied;
import io.tidemark.web.access.Admission;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.engine.TableListener;
import io.tidemark.web.limits.SocketDoor;
import io.tidemark.web.scan.StateScans;
import io.tidemark.web.wire.StatusReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes every change of one table to its sockets. All that is shared is touched on one thread only, never an event loop's
 * and never the tailer's; this class is the door to that thread.
 */
public final class LiveHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
    private static final long SWEEP_MILLIS = 1000;

    private final LiveTable table;
    private final HubLimits limits;
    private final StepInbox inbox = new StepInbox();
    private final AtomicBoolean statusWaits = new AtomicBoolean();
    private final SocketDoor door;
    private final boolean canScan;
    private final Subscriptions subscriptions;
    private final AlertNews alerts;
    private final Admissions admissions = new Admissions();
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> sweeps;

    /**
     * Begins to listen. To be made before the table is started.
     *
     * @param scans for filters that the cube cannot answer; empty: these are refused
     * @param status how the table is doing now; asked on the hub's thread
     * @param alerts of the table, each as a JSON object; asked on the hub's thread
     * @param door lets sockets in
     */
    public LiveHub(
            LiveTable table,
            HubLimits limits,
            Supplier<StatusReport> status,
            Optional<StateScans> scans,
            Supplier<List<String>> alerts,
            SocketDoor door) {
        this.table = table;
        this.limits = limits;
        this.door = door;
        this.alerts = new AlertNews(alerts);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread hub = new Thread(task, "tidemark-hub-" + table.name());
            hub.setDaemon(true);
            return hub;
        });
        this.canScan = scans.isPresent();
        this.subscriptions = new Subscriptions(limits, table.limits(), status, scans.orElse(null), this::execute);
        table.listen(new TableListener() {
            @Override
            public void onStep(Applied step) {
                if (inbox.add(step)) {
                    execute(() -> subscriptions.advance(inbox.take()));
                }
            }

            @Override
            public void onStatus(TailStatus ignored) {
                if (statusWaits.compareAndSet(false, true)) {
                    execute(() -> {
                        statusWaits.set(false);
                        subscriptions.tellStateChange();
                    });
                }
            }
        });
        table.state().ifPresent(state -> execute(() -> subscriptions.start(state)));
        sweeps = thread.scheduleWithFixedDelay(guarded(this::sweep), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** As above, with a door of its own. */
    public LiveHub(
            LiveTable table,
            HubLimits limits,
            Supplier<StatusReport> status,
            Optional<StateScans> scans,
            Supplier<List<String>> alerts) {
        this(table, limits, status, scans, alerts, new SocketDoor(limits.clients()));
    }

    private void sweep() {
        admissions.sweep();
        subscriptions.sweep();
    }

    CubeSpec spec() {
        return table.spec();
    }

    boolean canScan() {
        return canScan;
    }

    /** Sockets that are open. */
    public int clients() {
        return door.taken();
    }

    SocketDoor door() {
        return door;
    }

    /** What the pages of the whole table do not list, as of the last step that was handled; empty before the first. */
    public Optional<Unlisted> unlisted() {
        return subscriptions.unlisted();
    }

    /** Updates that were merged into later ones, because a client was slow. */
    public long updatesMerged() {
        return subscriptions.merged();
    }

    /**
     * Takes a new socket in; empty if there are too many already, or too many new ones.
     *
     * @param admission it is closed when this is not current any more
     */
    Optional<Client> attach(Outlet outlet, Admission admission) {
        if (!door.enter(admission.visitor())) {
            return Optional.empty();
        }
        Client client = new Client(this, outlet, limits, admission.visitor());
        execute(() -> {
            subscriptions.attach(client);
            admissions.attach(client, admission);
        });
        return Optional.of(client);
    }

    /** Says that a socket is gone; once. */
    void detach(Client client) {
        client.closed();
        door.leave(client.visitor());
        execute(() -> {
            subscriptions.detach(client);
            admissions.detach(client);
            alerts.left(client);
        });
    }

    /** Tells those who asked that an alert is another. For any thread. */
    public void alertChanged(String json) {
        execute(() -> alerts.changed(json));
    }

    /** @param done called when the message was handled */
    void handle(Client client, ClientMessage message, Runnable done) {
        execute(() -> {
            try {
                subscriptions.handle(client, message);
                alerts.heard(client, message);
            } finally {
                done.run();
            }
        });
    }

    /** Says that a client which was behind takes more. */
    void ready(Client client) {
        execute(() -> {
            subscriptions.catchUp(client);
            alerts.catchUp(client);
        });
    }

    private void execute(Runnable task) {
        try {
            thread.execute(guarded(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("The hub of {} is closed", table.name());
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("[{}] A task of the live socket failed", table.name(), e);
            }
        };
    }

    /** Ends all sockets: the table is not served any more. */
    public void dismiss() {
        execute(subscriptions::dismiss);
    }

    @Override
    public void close() {
        sweeps.cancel(false);
        execute(subscriptions::close);
        thread.shutdown();
    }
}
