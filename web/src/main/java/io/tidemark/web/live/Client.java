package io.tidemark.web.live;

import io.tidemark.web.limits.Pace;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Visitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One socket. What it follows belongs to the hub's thread; what it has not taken yet is counted by whoever learns of it.
 *
 * <p>Counts what was given to the transport and has not left the process: a transport's own idea of a full queue is not to be
 * relied on.
 */
final class Client {
    private final LiveHub hub;
    private final Outlet outlet;
    private final HubLimits limits;
    private final Visitor visitor;
    private final Pace pace;
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile long lastTakenNanos = System.nanoTime();
    private volatile boolean behind;
    private volatile boolean closed;

    // Hub thread only.
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private boolean statusDue;

    /** @param visitor whom it counts for */
    Client(LiveHub hub, Outlet outlet, HubLimits limits, Visitor visitor) {
        this.hub = hub;
        this.outlet = outlet;
        this.limits = limits;
        this.visitor = visitor;
        this.pace = new Pace(limits.messages(), System.nanoTime());
    }

    /** Takes a message from the socket. For the socket's thread. */
    void receive(String text) {
        if (closed) {
            return;
        }
        if (requests.incrementAndGet() > limits.requests() || pace.take(System.nanoTime()) > 0) {
            hub.door().refused(Refusal.MESSAGE_RATE);
            close(1008, "Too many messages at once");
            return;
        }
        hub.handle(this, ClientMessage.parse(text, hub.spec(), hub.canScan()), requests::decrementAndGet);
    }

    /** False if so much waits for this client that it should be asked later; it will be told of when that is over. */
    boolean takesMore() {
        if (unsent.get() < limits.unsent()) {
            return true;
        }
        behind = true;
        // It may have taken everything between the two looks.
        return unsent.get() == 0;
    }

    void send(String text) {
        if (closed) {
            return;
        }
        if (unsent.getAndAdd(text.length()) == 0) {
            lastTakenNanos = System.nanoTime();
        }
        outlet.send(text).onComplete(sent -> taken(text.length()));
    }

    private void taken(int length) {
        lastTakenNanos = System.nanoTime();
        long left = unsent.addAndGet(-length);
        if (behind && left <= limits.unsent() / 2) {
            behind = false;
            hub.ready(this);
        }
    }

    /** True if something waits for this client, and it took nothing for too long. */
    boolean isStuck(long nowNanos) {
        return unsent.get() > 0
                && nowNanos - lastTakenNanos > limits.stuckAfter().toNanos();
    }

    Visitor visitor() {
        return visitor;
    }

    long unsent() {
        return unsent.get();
    }

    void ping() {
        outlet.ping();
    }

    void close(int code, String reason) {
        closed = true;
        outlet.close(code, reason);
    }

    void abort() {
        closed = true;
        outlet.abort();
    }

    /** Says that the socket is gone. */
    void closed() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    boolean isStatusDue() {
        return statusDue;
    }

    void setStatusDue(boolean due) {
        statusDue = due;
    }
}
