package io.tidemark.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Subscribers of one table on real sockets, all at once. What is noted of a message is when it came and of which version it
 * is; it is not parsed further.
 */
public final class Sockets implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");
    private static final int AT_ONCE = 200;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    /** Held, because Vert.x closes the sockets of a client that was collected. */
    private final WebSocketClient client;

    private final List<WebSocket> sockets = new ArrayList<>();
    private volatile Arrival arrival;
    private volatile int length;
    /** Of a socket that was closed: code and reason; the last one's. */
    private volatile String ended = "none was closed";

    /** What a subscriber is waited for with. */
    private record Arrival(long version, CountDownLatch missing, long[] nanos) {}

    /** @param count subscribers of the whole page; returns when all hold a snapshot */
    public Sockets(URI service, int count) throws Exception {
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(count));
        arrival = new Arrival(0, new CountDownLatch(count), new long[count]);
        for (int first = 0; first < count; first += AT_ONCE) {
            List<io.vertx.core.Future<WebSocket>> opening = new ArrayList<>();
            for (int i = first; i < Math.min(count, first + AT_ONCE); i++) {
                opening.add(open(service, i));
            }
            for (io.vertx.core.Future<WebSocket> socket : opening) {
                sockets.add(socket.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS));
            }
        }
        await(arrival);
    }

    private io.vertx.core.Future<WebSocket> open(URI service, int number) {
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost(service.getHost())
                .setPort(service.getPort())
                .setURI(service.getPath() + "live/websocket");
        return client.connect(to).onSuccess(socket -> {
            socket.textMessageHandler(text -> received(number, text));
            socket.closeHandler(closed -> ended = socket.closeStatusCode() + " " + socket.closeReason());
            socket.writeTextMessage("{\"op\":\"subscribe\",\"id\":\"a\"}");
        });
    }

    private void received(int number, String text) {
        Arrival waited = arrival;
        if (text.startsWith("{\"op\":\"status\"") || waited.nanos()[number] != 0) {
            return;
        }
        Matcher version = VERSION.matcher(text);
        if (version.find() && Long.parseLong(version.group(1)) >= waited.version()) {
            waited.nanos()[number] = System.nanoTime();
            length = text.length();
            waited.missing().countDown();
        }
    }

    /** Begins to wait for this version; to be called before it is committed. */
    public void expect(long version) {
        arrival = new Arrival(version, new CountDownLatch(sockets.size()), new long[sockets.size()]);
    }

    /** When each had what was expected, in {@link System#nanoTime}. */
    public long[] arrivals() throws InterruptedException {
        return await(arrival);
    }

    /** Characters of the message that brought what was expected, to one of them. */
    public int lengthOfLast() {
        return length;
    }

    private long[] await(Arrival waited) throws InterruptedException {
        if (!waited.missing().await(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException(waited.missing().getCount() + " of " + waited.nanos().length
                    + " subscribers never got version " + waited.version() + ", closed: " + ended);
        }
        return waited.nanos();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
