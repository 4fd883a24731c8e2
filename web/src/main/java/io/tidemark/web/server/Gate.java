package io.tidemark.web.server;

import io.tidemark.web.access.Caller;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.limits.Clients;
import io.tidemark.web.limits.Paces;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.limits.Refusals;
import io.tidemark.web.limits.Slots;
import io.tidemark.web.limits.SocketDoor;
import io.tidemark.web.limits.Visitor;
import io.tidemark.web.rest.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits what one client asks for, and what all do together. Its callers answer with the problem that it gives. */
final class Gate {
    private final Connections connections;
    private final Clients clients;
    private final Refusals refusals;
    private final Slots running;
    private final Paces requests;
    private final Paces sockets;
    private final Paces wrongTokens;

    Gate(LimitSettings settings, Connections connections, Clients clients, Refusals refusals) {
        this.connections = connections;
        this.clients = clients;
        this.refusals = refusals;
        this.running = new Slots(settings.counts().requests(), Refusal.REQUESTS, Refusal.CLIENT_REQUESTS);
        this.requests = new Paces(settings.rates().requests());
        this.sockets = new Paces(settings.rates().sockets());
        this.wrongTokens = new Paces(settings.rates().wrongTokens());
    }

    Refusals refusals() {
        return refusals;
    }

    Slots running() {
        return running;
    }

    /** Lets sockets of a table in. */
    SocketDoor door(Most most) {
        return new SocketDoor(most, sockets, refusals);
    }

    /** Whom a request counts for. */
    Visitor visitor(HttpServerRequest request, Optional<Caller> caller) {
        Optional<String> address = clients.of(request);
        // No address has a space in it, and so no token the name of somebody's address.
        return new Visitor(
                address,
                address.map(
                        known -> caller.map(holder -> "token " + holder.name()).orElse(known)));
    }

    /** What is wrong with asking now; empty: it was counted. */
    Optional<Problem> pace(Optional<String> client) {
        long delay = requests.take(client);
        return delay == 0 ? Optional.empty() : Optional.of(tooFast(Refusal.REQUEST_RATE, delay));
    }

    /** Whether a token of a request may be looked at: not if too many before it were not good. */
    Optional<Problem> beforeToken(HttpServerRequest request) {
        long delay = wrongTokens.delay(clients.of(request));
        return delay == 0 ? Optional.empty() : Optional.of(tooFast(Refusal.TOKEN_RATE, delay));
    }

    /**
     * Counts a request without a good token.
     *
     * @param shown whether it showed one
     */
    void wrongToken(HttpServerRequest request, boolean shown) {
        refusals.count(Refusal.TOKEN);
        if (shown) {
            // What comes of it is seen before the next.
            long unused = wrongTokens.take(clients.of(request));
        }
    }

    /** Counts a request as going on until its answer is written; gives what is wrong if there are too many. */
    Optional<Problem> begin(HttpServerRequest request, Optional<String> client) {
        Optional<Refusal> refused = running.take(client);
        if (refusals.count(refused)) {
            return Optional.of(refused.get() == Refusal.REQUESTS ? Problem.busy() : Problem.tooManyRequests(1));
        }
        AtomicBoolean going = new AtomicBoolean(true);
        Runnable end = () -> {
            if (going.compareAndSet(true, false)) {
                running.release(client);
            }
        };
        request.response().bodyEndHandler(ended -> end.run());
        connections.whenClosed(request.connection(), end);
        return Optional.empty();
    }

    private Problem tooFast(Refusal reason, long delayNanos) {
        refusals.count(reason);
        return Problem.tooManyRequests((int) Math.min(3600, TimeUnit.NANOSECONDS.toSeconds(delayNanos) + 1));
    }
}
