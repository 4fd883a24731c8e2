package io.tidemark.web.limits;

import io.tidemark.web.config.LimitSettings.Most;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A number of things that there may be at once, and of those the share of one client. Safe for use by many threads. */
public final class Slots {
    private final Most most;
    private final Refusal full;
    private final Refusal clientFull;
    private final AtomicInteger taken = new AtomicInteger();
    /** Only of clients that have some. */
    private final ConcurrentHashMap<String, Integer> byClient = new ConcurrentHashMap<>();

    /**
     * @param full when there are as many as there may be
     * @param clientFull when a client has as many as it may
     */
    public Slots(Most most, Refusal full, Refusal clientFull) {
        this.most = most;
        this.full = full;
        this.clientFull = clientFull;
    }

    /**
     * Takes one.
     *
     * @param client empty: one whose share is not limited
     * @return why there is none; empty: it was taken, and is to be released once with the same client
     */
    public Optional<Refusal> take(Optional<String> client) {
        if (client.isPresent() && byClient.merge(client.get(), 1, Integer::sum) > most.ofOne()) {
            leave(client.get());
            return Optional.of(clientFull);
        }
        if (taken.incrementAndGet() > most.inAll()) {
            release(client);
            return Optional.of(full);
        }
        return Optional.empty();
    }

    public void release(Optional<String> client) {
        taken.decrementAndGet();
        client.ifPresent(this::leave);
    }

    private void leave(String client) {
        byClient.computeIfPresent(client, (name, count) -> count == 1 ? null : count - 1);
    }

    /** How many are taken. */
    public int taken() {
        return taken.get();
    }

    public Most most() {
        return most;
    }

    /** Clients that have some. */
    int clients() {
        return byClient.size();
    }
}
