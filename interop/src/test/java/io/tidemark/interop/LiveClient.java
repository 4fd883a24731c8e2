package io.tidemark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber that applies snapshot and updates as the contract says, and keeps what it held at each version. */
final class LiveClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final TreeMap<Long, Page> held = new TreeMap<>();
    private WebSocket socket;
    private Page page = new Page();
    private String epoch;
    private long version = -1;
    private long snapshots;
    private long updates;

    /** Comes, or comes back with what it holds. */
    void connect(URI address) {
        messages.clear();
        socket = Tidemark.HTTP
                .newWebSocketBuilder()
                .buildAsync(address, new Listener())
                .join();
        String since = epoch == null ? "" : ",\"since\":{\"epoch\":\"" + epoch + "\",\"version\":" + version + "}";
        socket.sendText("{\"op\":\"subscribe\",\"id\":\"main\"" + since + "}", true)
                .join();
    }

    /** Applies messages until it holds a version. @return what it holds then */
    Page reach(String wantedEpoch, long wanted) throws InterruptedException {
        while (!wantedEpoch.equals(epoch) || version < wanted) {
            String message = messages.poll(5, TimeUnit.MINUTES);
            if (message == null) {
                throw new AssertionError("No message for five minutes; the live client holds " + version + " of " + epoch
                        + " and waits for " + wanted + " of " + wantedEpoch);
            }
            apply(message);
        }
        if (version > wanted) {
            throw new AssertionError("The live client holds " + version + ", ahead of " + wanted);
        }
        return page;
    }

    /** What it held at each version since it was asked last. */
    Map<Long, Page> takeHeld() {
        Map<Long, Page> taken = new TreeMap<>(held);
        held.clear();
        return taken;
    }

    String told() {
        return snapshots + " snapshots and " + updates + " updates";
    }

    private void apply(String text) {
        JsonNode message = parse(text);
        switch (message.get("op").textValue()) {
            case "status" -> {}
            case "snapshot" -> {
                page = Page.of(message.get("views"));
                if (!message.get("epoch").textValue().equals(epoch)) {
                    held.clear();
                }
                epoch = message.get("epoch").textValue();
                snapshots++;
                hold(message);
            }
            case "update" -> {
                if (message.get("from").longValue() > version) {
                    throw new AssertionError("An update from " + message.get("from") + " for one who holds " + version);
                }
                page.merge(message.get("views"));
                updates++;
                hold(message);
            }
            default -> throw new AssertionError("The live client was told: " + text);
        }
    }

    private void hold(JsonNode message) {
        version = message.get("version").longValue();
        held.put(version, page.copy());
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.add(data.toString());
            if (last) {
                messages.add(String.join("", parts));
                parts.clear();
            }
            from.request(1);
            return null;
        }
    }
}
