package io.tidemark.web.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** A client of Server-Sent Events that is told what to ask for as the socket is: one response for one subscription. */
final class EventStream implements Transport.Connection {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    private final Consumer<String> received;
    private InputStream response;

    EventStream(String address, Consumer<String> received) {
        this.address = address;
        this.received = received;
    }

    @Override
    public void send(String text) {
        JsonObject message = new JsonObject(text);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "?" + query(message)));
        JsonObject since = message.getJsonObject("since");
        if (since != null) {
            request.header("Last-Event-ID", since.getString("epoch") + ":" + since.getLong("version"));
        }
        try {
            response = http.send(request.build(), BodyHandlers.ofInputStream()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    private static String query(JsonObject message) {
        StringBuilder query = new StringBuilder("id=" + encoded(message.getString("id")));
        message.getJsonObject("filter", new JsonObject()).forEach(field -> {
            List<?> values = field.getValue() instanceof JsonArray array ? array.getList() : List.of(field.getValue());
            for (Object value : values) {
                query.append('&')
                        .append(value == null ? "null=" + field.getKey() : field.getKey() + "=" + encoded(value));
            }
        });
        message.getJsonArray("views", new JsonArray())
                .forEach(view -> query.append("&views=").append(encoded(view)));
        return query.toString();
    }

    private static String encoded(Object value) {
        return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ")) {
                    received.accept(line.substring("data: ".length()));
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        try {
            if (response != null) {
                response.close();
            }
        } catch (IOException e) {
            // Gone already.
        }
    }
}
