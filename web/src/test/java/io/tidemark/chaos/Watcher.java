package io.tidemark.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.process.TidemarkProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** A client on the live socket: remembers the newest version that it was shown. Comes as soon as it is let in. */
final class Watcher implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AtomicLong newest = new AtomicLong(-1);
    private final AtomicLong messages = new AtomicLong();
    private volatile WebSocket socket;

    Watcher(TidemarkProcess process) {
        Thread comer = new Thread(() -> come(process), "watcher");
        comer.setDaemon(true);
        comer.start();
    }

    private void come(TidemarkProcess process) {
        try {
            URI live = URI.create(
                    process.address().resolve("live/websocket").toString().replaceFirst("^http", "ws"));
            socket = HTTP.newWebSocketBuilder().buildAsync(live, new Listener()).join();
            socket.sendText("{\"op\":\"subscribe\",\"id\":\"main\"}", true).join();
        } catch (AssertionError | CompletionException e) {
            // It was killed before.
        }
    }

    /** -1: none. */
    long newest() {
        return newest.get();
    }

    long messages() {
        return messages.get();
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void heard(String message) {
            messages.incrementAndGet();
            try {
                JsonNode told = JSON.readTree(message);
                String op = told.path("op").asText();
                if (op.equals("snapshot") || op.equals("update")) {
                    newest.accumulateAndGet(told.path("version").longValue(), Math::max);
                }
            } catch (IOException e) {
                throw new IllegalStateException(message, e);
            }
        }
    }
}
