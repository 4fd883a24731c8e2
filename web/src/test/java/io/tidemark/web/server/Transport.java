package io.tidemark.web.server;

import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The ways of a browser to the live socket, spoken by Java's own client. */
enum Transport {
    WEBSOCKET {
        @Override
        Connection open(int port, String prefix, Consumer<String> received) {
            return socket(URI.create("ws://127.0.0.1:" + port + prefix + "/live/websocket"), received, text -> text);
        }
    },
    SOCKJS_WEBSOCKET {
        @Override
        Connection open(int port, String prefix, Consumer<String> received) {
            return socket(
                    URI.create("ws://127.0.0.1:" + port + prefix + "/live/000/" + session() + "/websocket"),
                    frame -> sockJs(frame, received),
                    text -> new JsonArray().add(text).encode());
        }
    },
    SOCKJS_XHR_STREAMING {
        @Override
        Connection open(int port, String prefix, Consumer<String> received) throws IOException {
            return new Streaming("http://127.0.0.1:" + port + prefix + "/live/000/" + session(), received);
        }
    },
    SERVER_SENT_EVENTS {
        @Override
        Connection open(int port, String prefix, Consumer<String> received) {
            return new EventStream("http://127.0.0.1:" + port + prefix + "/api/v1/stream", received);
        }
    };

    interface Connection extends AutoCloseable {
        void send(String text);

        @Override
        void close();
    }

    abstract Connection open(int port, String prefix, Consumer<String> received) throws IOException;

    private static String session() {
        return "s" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    private static void sockJs(String frame, Consumer<String> received) {
        if (frame.startsWith("a")) {
            new JsonArray(frame.substring(1)).forEach(message -> received.accept((String) message));
        }
    }

    private static Connection socket(
            URI uri, Consumer<String> received, java.util.function.UnaryOperator<String> framing) {
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, new Collector(received))
                .join();
        return new Connection() {
            @Override
            public void send(String text) {
                socket.sendText(framing.apply(text), true).join();
            }

            @Override
            public void close() {
                socket.abort();
            }
        };
    }

    private static final class Collector implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final Consumer<String> received;

        Collector(Consumer<String> received) {
            this.received = received;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                received.accept(text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    /** One long response for what comes, one request for each message that goes. */
    private static final class Streaming implements Connection {
        private final HttpClient http = HttpClient.newHttpClient();
        private final String session;
        private final InputStream response;

        Streaming(String session, Consumer<String> received) throws IOException {
            this.session = session;
            try {
                response = http.send(post("/xhr_streaming", ""), BodyHandlers.ofInputStream())
                        .body();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            Thread reader = new Thread(() -> read(received), "xhr-streaming");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Consumer<String> received) {
            try (BufferedReader frames = new BufferedReader(new InputStreamReader(response, StandardCharsets.UTF_8))) {
                for (String line = frames.readLine(); line != null; line = frames.readLine()) {
                    sockJs(line, received);
                }
            } catch (IOException e) {
                // Closed.
            }
        }

        private HttpRequest post(String path, String body) {
            return HttpRequest.newBuilder(URI.create(session + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
        }

        @Override
        public void send(String text) {
            try {
                int status = http.send(
                                post("/xhr_send", new JsonArray().add(text).encode()), BodyHandlers.discarding())
                        .statusCode();
                if (status != 204) {
                    throw new AssertionError("xhr_send: " + status);
                }
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            try {
                response.close();
            } catch (IOException e) {
                // Gone already.
            }
        }
    }
}
