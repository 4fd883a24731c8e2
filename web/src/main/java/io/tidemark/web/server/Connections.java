package io.tidemark.web.server;

import io.netty.channel.Channel;
import io.netty.util.internal.PlatformDependent;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Patience;
import io.tidemark.web.limits.Clients;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Refusals;
import io.tidemark.web.limits.Slots;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All connections that are open. One too many is told so when it asks for something; far too many are closed at once. One whose
 * request comes too slowly is closed.
 *
 * <p>Reaches below Vert.x, into its implementation: an upgraded connection never tells Vert.x' own handlers that it is closed.
 */
final class Connections implements Handler<HttpConnection>, AutoCloseable {
    private static final long SWEEP_MILLIS = 500;
    /** Connections beyond the limit that are let in to be told so. */
    private static final int MOST_EXCESS = 200;

    private final Vertx vertx;
    private final Clients clients;
    private final Slots slots;
    private final Patience patience;
    private final long mostUnsent;
    private final Refusals refusals;
    private final AtomicInteger excess = new AtomicInteger();
    private final Map<Object, ConnectionWatch> open = new ConcurrentHashMap<>();
    private final long sweeps;
    private volatile long unsent;

    /** @param slots that they take */
    Connections(Vertx vertx, Clients clients, Slots slots, LimitSettings limits, Refusals refusals) {
        this.vertx = vertx;
        this.clients = clients;
        this.slots = slots;
        this.patience = limits.patience();
        long most = limits.lengths().unsent();
        this.mostUnsent = most > 0 ? most : Math.max(1, PlatformDependent.maxDirectMemory() / 2);
        this.refusals = refusals;
        this.sweeps = vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep());
    }

    /** Takes a new connection in; on its event loop. */
    @Override
    public void handle(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        Optional<String> client = clients.of(connection.remoteAddress());
        boolean refused = refusals.count(slots.take(client));
        if (refused && excess.incrementAndGet() > MOST_EXCESS) {
            excess.decrementAndGet();
            channel.close();
            return;
        }
        ConnectionWatch watch = new ConnectionWatch(channel, client, refused, refusals);
        watch.begin();
        open.put(connection, watch);
        channel.closeFuture().addListener(closed -> leave(connection, watch));
    }

    private void leave(HttpConnection connection, ConnectionWatch watch) {
        open.remove(connection);
        watch.closed();
        if (watch.isExcess()) {
            excess.decrementAndGet();
        } else {
            slots.release(watch.client());
        }
    }

    /** True if a connection is one too many, and has to be refused what it asks for. */
    boolean isExcess(HttpConnection connection) {
        ConnectionWatch watch = open.get(connection);
        return watch != null && watch.isExcess();
    }

    /** Does something if a connection is closed, in place of what was given before. */
    void whenClosed(HttpConnection connection, Runnable then) {
        ConnectionWatch watch = open.get(connection);
        if (watch == null) {
            then.run();
        } else {
            watch.whenClosed(then);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        long waiting = 0;
        for (ConnectionWatch watch : open.values()) {
            if (watch.isSlow(now, patience.head(), patience.body())) {
                refusals.count(Refusal.SLOW);
                watch.sever();
            } else {
                waiting += watch.unsent();
            }
        }
        unsent = waiting;
        if (waiting > mostUnsent) {
            shed(waiting - mostUnsent / 2);
        }
    }

    /** Cuts off whoever leaves most of what is there for him, until so much is given back. */
    private void shed(long bytes) {
        record Share(ConnectionWatch watch, long unsent) {}
        List<Share> shares = open.values().stream()
                .map(watch -> new Share(watch, watch.unsent()))
                .sorted(Comparator.comparingLong(Share::unsent).reversed())
                .toList();
        long left = bytes;
        for (Share share : shares) {
            if (left <= 0) {
                return;
            }
            left -= share.unsent();
            refusals.count(Refusal.UNSENT);
            share.watch().sever();
        }
    }

    /** Bytes that wait to be taken by all clients, as of the last look. */
    long unsent() {
        return unsent;
    }

    long mostUnsent() {
        return mostUnsent;
    }

    @Override
    public void close() {
        vertx.cancelTimer(sweeps);
    }
}
