package io.tidemark.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One live socket that follows the totals of a table, and notes the newest version that it was told. */
final class LiveSocket implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern VERSION = Pattern.compile("\"op\":\"(?:snapshot|update)\".*?\"version\":(\\d+)");

    private final StringBuilder text = new StringBuilder();
    private volatile long version = -1;
    private volatile boolean closed;

    private LiveSocket() {}

    /** @param prefix of the table's paths, such as {@code t/events/} */
    static LiveSocket at(TidemarkProcess instance, String prefix) {
        URI http = instance.address().resolve(prefix + "live/websocket");
        LiveSocket socket = new LiveSocket();
        HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws" + http.toString().substring("http".length())), socket)
                .join()
                .sendText("{\"op\":\"subscribe\",\"id\":\"a\",\"views\":[\"totals\"]}", true)
                .join();
        return socket;
    }

    /** -1 before the first. */
    long version() {
        return version;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            Matcher told = VERSION.matcher(text);
            if (told.find()) {
                version = Long.parseLong(told.group(1));
            }
            text.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        closed = true;
    }
}
