package io.tidemark.web.peer;

import io.tidemark.views.query.ScanPeerException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Asks other instances. Vert.x's HTTP client rather than its Web Client, which is made of it: an answer that nobody waits for any more
 * is cut off. Safe for use by many threads.
 */
final class PeerClient implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_CONNECTIONS = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final String token;
    private final Duration patience;
    private final LongAdder asked = new LongAdder();

    /** @param patience an instance that says nothing for so long is given up */
    PeerClient(Vertx vertx, String token, Duration patience) {
        this.vertx = vertx;
        this.token = token;
        this.patience = patience;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(4 * MOST_CONNECTIONS));
    }

    /** Begins to ask; returns at once. Close what is given. */
    PeerCall ask(String address, PeerRequest request) {
        asked.increment();
        PeerCall call = new PeerCall(address, patience.toNanos());
        Buffer body = Buffer.buffer(request.encode());
        int colon = address.lastIndexOf(':');
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.substring(0, colon))
                .setPort(Integer.parseInt(address.substring(colon + 1)))
                .setURI(PeerServer.PATH)
                .setConnectTimeout(CONNECT_MILLIS)
                .putHeader("Authorization", "Bearer " + token);
        Context context = vertx.getOrCreateContext();
        context.runOnContext(ignored -> client.request(options)
                .compose(made -> {
                    call.connected(made);
                    return made.send(body).onSuccess(response -> call.answered(response, context));
                })
                .onFailure(failure -> call.failed("cannot be reached")));
        return call;
    }

    /**
     * Waits until an instance has said that it has the table.
     *
     * @return false if it does not serve it
     * @throws ScanPeerException if it says otherwise, or nothing
     */
    static boolean isServed(PeerCall call, String tableId, Runnable check) {
        Frame first = call.next(check);
        return switch (first.kind()) {
            case NOT_SERVED -> false;
            case HELLO -> {
                if (!first.text().equals(tableId)) {
                    throw call.exception("answers for another table than was asked for");
                }
                yield true;
            }
            default -> throw call.exception(refusal(first).orElse("answered with something else than was asked for"));
        };
    }

    /** Why there is no more, where a frame says so. */
    static Optional<String> refusal(Frame frame) {
        return frame.kind() == Frame.Kind.FAILED
                ? Optional.of("could not do its share (" + frame.text() + ")")
                : Optional.empty();
    }

    /** How often others were asked. */
    long asked() {
        return asked.sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
