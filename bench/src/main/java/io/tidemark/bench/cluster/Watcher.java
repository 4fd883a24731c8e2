package io.tidemark.bench.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client of the live socket, that comes back when it is cut off, with what it last saw. Notes which versions it saw and when, and
 * what should not be.
 */
public final class Watcher implements AutoCloseable {
    private static final Pattern HEAD = Pattern.compile(
            "\\{\"op\":\"(snapshot|update)\".{0,200}?(?:\"epoch\":\"([^\"]*)\",)?(?:\"from\":(\\d+),)?\"version\":(\\d+)");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PAUSE_MILLIS = 200;

    private final Supplier<URI> service;
    private final Thread thread = new Thread(this::run, "watcher");
    private final List<Seen> seen = new ArrayList<>(); // guarded by itself
    private volatile boolean closed;
    private volatile String epoch = "";
    private volatile long version = -1;
    private volatile int gaps;
    private volatile int backwards;
    private volatile int connections;
    private volatile int epochs;

    /** @param seconds since 1970 */
    public record Seen(long version, double seconds) {

        private static double now() {
            Instant now = Instant.now();
            return now.getEpochSecond() + now.getNano() / 1e9;
        }
    }

    /** @param service where to go; asked anew for each connection */
    public Watcher(Supplier<URI> service) {
        this.service = service;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                CompletableFuture<Void> over = new CompletableFuture<>();
                URI at = service.get();
                WebSocket socket = HTTP.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://" + at.getHost() + ":" + at.getPort() + "/live/websocket"),
                                new Listener(over))
                        .get(10, TimeUnit.SECONDS);
                connections++;
                String since =
                        version < 0 ? "" : ",\"since\":{\"epoch\":\"" + epoch + "\",\"version\":" + version + "}";
                socket.sendText("{\"op\":\"subscribe\",\"id\":\"a\",\"views\":[\"totals\"]" + since + "}", true);
                over.get();
            } catch (Exception e) {
                // It is tried again.
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final CompletableFuture<Void> over;
        private final StringBuilder text = new StringBuilder();

        Listener(CompletableFuture<Void> over) {
            this.over = over;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            over.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            over.complete(null);
        }
    }

    private void take(String message) {
        Matcher head = HEAD.matcher(message);
        if (!head.lookingAt()) {
            return;
        }
        long now = Long.parseLong(head.group(4));
        if (head.group(2) != null && !head.group(2).equals(epoch)) {
            epochs++;
            epoch = head.group(2);
            version = -1;
        }
        boolean update = head.group(1).equals("update");
        if (update && head.group(3) != null && Long.parseLong(head.group(3)) > version) {
            gaps++;
        }
        if (now < version) {
            backwards++;
        }
        if (now > version) {
            synchronized (seen) {
                seen.add(new Seen(now, Seen.now()));
            }
        }
        version = now;
    }

    public long version() {
        return version;
    }

    /** Updates that begin after what this held: never to be. */
    public int gaps() {
        return gaps;
    }

    /** Versions that came after a newer one. */
    public int backwards() {
        return backwards;
    }

    public int connections() {
        return connections;
    }

    /** Histories that it was told of: one, unless the table was begun anew. */
    public int epochs() {
        return epochs;
    }

    /**
     * Waits until a version, or a later one, is seen.
     *
     * @return when that was, as {@link #seenAt} says it
     * @throws IOException if it does not come within five minutes
     */
    public double await(long wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (seenAt(wanted) < 0) {
            if (System.nanoTime() > end) {
                throw new IOException("Version " + wanted + " never came; " + version + " did");
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return seenAt(wanted);
    }

    /** When it saw this version, or a newer one, for the first time, in seconds since 1970; -1: never. */
    public double seenAt(long wanted) {
        synchronized (seen) {
            for (Seen one : seen) {
                if (one.version >= wanted) {
                    return one.seconds;
                }
            }
            return -1;
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
