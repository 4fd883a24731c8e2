package io.tidemark.web.live;

import io.tidemark.views.cube.Filter;
import io.tidemark.web.access.Admission;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The messages of the live socket as Server-Sent Events, for clients without WebSocket. One response is one subscription.
 *
 * <p>The id of an event is the epoch and the version that a client holds after it, so that a browser which comes back says
 * by itself what it has.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-sent events</a>
 */
public final class EventStreamEndpoint {
    private static final String RETRY = "retry: 2000\n\n";
    private static final String SIGN_OF_LIFE = ":\n\n";

    private final LiveHub hub;

    public EventStreamEndpoint(LiveHub hub) {
        this.hub = hub;
    }

    /** Whether filters may be such that only a scan of files can answer. */
    public boolean canScan() {
        return hub.canScan();
    }

    /**
     * Answers a request for as long as its client stays; called on its event loop.
     *
     * @param id of the subscription, as messages carry it
     * @param exactSessions whether they are wanted under the filter
     * @param since what the client holds already: the id of the last event that it got; empty: nothing
     * @param alerts whether the table's alerts are to be told, too
     * @param admission of the request
     * @return false if there are too many clients already: nothing was answered then
     */
    public boolean accept(
            HttpServerRequest request,
            String id,
            Filter filter,
            boolean exactSessions,
            Set<String> views,
            Optional<String> since,
            boolean alerts,
            Admission admission) {
        HttpServerResponse response = request.response();
        Optional<Client> attached = hub.attach(new EventStreamOutlet(request, Vertx.currentContext()), admission);
        if (attached.isEmpty()) {
            return false;
        }
        Client client = attached.get();
        AtomicBoolean gone = new AtomicBoolean();
        response.closeHandler(closed -> leave(client, gone));
        response.endHandler(ended -> leave(client, gone));
        response.exceptionHandler(failure -> {});
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // Proxies of one kind hold a response back until it is whole, unless they are told not to.
                .putHeader("X-Accel-Buffering", "no");
        response.write(RETRY).onFailure(failure -> leave(client, gone));
        Optional<ClientMessage.Since> held = since.flatMap(EventId::parse);
        hub.handle(
                client,
                new ClientMessage.Subscribe(id, new FilterGroup.Key(filter, exactSessions), views, held, alerts),
                () -> {});
        return true;
    }

    private void leave(Client client, AtomicBoolean gone) {
        if (gone.compareAndSet(false, true)) {
            hub.detach(client);
        }
    }

    private static final class EventStreamOutlet implements Outlet {
        private final HttpServerRequest request;
        private final Context context;
        private String epoch = ""; // on the request's context only

        EventStreamOutlet(HttpServerRequest request, Context context) {
            this.request = request;
            this.context = context;
        }

        @Override
        public Future<Void> send(String text) {
            Promise<Void> sent = Promise.promise();
            context.runOnContext(ignored -> write(frame(text)).onComplete(sent));
            return sent.future();
        }

        private Future<Void> write(String frame) {
            HttpServerResponse response = request.response();
            return response.ended() || response.closed() ? Future.failedFuture("closed") : response.write(frame);
        }

        /** A message never holds a line break: JSON escapes them. */
        private String frame(String text) {
            EventId.Mark mark = EventId.read(text);
            epoch = mark.epoch().orElse(epoch);
            String id = mark.version().isPresent() && !epoch.isEmpty()
                    ? "id: " + epoch + ':' + mark.version().getAsLong() + '\n'
                    : "";
            return id + "data: " + text + "\n\n";
        }

        @Override
        public void ping() {
            context.runOnContext(ignored -> write(SIGN_OF_LIFE).onFailure(failure -> {}));
        }

        @Override
        public void abort() {
            context.runOnContext(ignored -> Severance.sever(request.connection()));
        }

        @Override
        public void close(int code, String reason) {
            context.runOnContext(ignored -> {
                if (!request.response().ended()) {
                    request.response().end().onFailure(failure -> {});
                }
            });
        }
    }
}
