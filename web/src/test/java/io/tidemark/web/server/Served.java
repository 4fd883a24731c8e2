package io.tidemark.web.server;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.process.Metrics;
import io.tidemark.web.config.LimitSettings;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.export.ExportLimits;
import io.tidemark.web.limits.Refusal;
import io.tidemark.web.live.HubLimits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real server on a free port, and a client to ask it. */
final class Served implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final TidemarkServer server;
    final int port;

    Served(LiveTable... tables) throws IOException {
        this(HubLimits.DEFAULT, List.of(), tables);
    }

    Served(HubLimits limits, List<String> tokens, LiveTable... tables) throws IOException {
        this(new ServerOptions("127.0.0.1", 0, tokens, List.of(), ScanSettings.DEFAULT), limits, tables);
    }

    Served(ScanSettings scans, LiveTable... tables) throws IOException {
        this(new ServerOptions("127.0.0.1", 0, List.of(), List.of(), scans), HubLimits.DEFAULT, tables);
    }

    /** @param origins pages of which may read answers */
    static Served forOrigins(List<String> origins, List<String> tokens, LiveTable... tables) throws IOException {
        return new Served(
                new ServerOptions("127.0.0.1", 0, tokens, origins, ScanSettings.DEFAULT), HubLimits.DEFAULT, tables);
    }

    Served(ExportLimits exports, LiveTable... tables) throws IOException {
        this(
                new ServerOptions("127.0.0.1", 0, List.of(), List.of(), ScanSettings.DEFAULT, exports),
                HubLimits.DEFAULT,
                tables);
    }

    /** @param tokens that may do everything */
    Served(LimitSettings limits, List<String> tokens, LiveTable... tables) throws IOException {
        this(
                new ServerOptions("127.0.0.1", 0, tokens, List.of(), ScanSettings.DEFAULT).limited(limits),
                HubLimits.DEFAULT.with(limits),
                tables);
    }

    Served(ServerOptions options, HubLimits limits, LiveTable... tables) throws IOException {
        server = new TidemarkServer(
                options, List.of(tables), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), limits);
        port = server.start();
    }

    /** Of all routes. */
    List<String> paths() {
        return server.paths();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    CompletableFuture<HttpResponse<String>> getAsync(String path) {
        return http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException {
        return send(method, path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    HttpResponse<String> post(String path, String body) throws IOException {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body));
    }

    /** As JSON. */
    HttpResponse<String> put(String path, String body, String... headers) throws IOException {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return send("PUT", path, HttpRequest.BodyPublishers.ofString(body), all);
    }

    private HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Sum of a metric over all its labels; 0 if there is none. */
    double metric(String name) throws IOException {
        return Metrics.sum(get("/metrics").body(), name);
    }

    /** As {@link #metric}, of one that has to be there. */
    double known(String name) throws IOException {
        return Metrics.known(get("/metrics").body(), name);
    }

    /** How often something was refused for a reason. */
    double refused(Refusal reason) throws IOException {
        return known("tidemark_requests_refused_total{reason=\"" + reason.title() + "\"}");
    }

    JsonObject json(String path) throws IOException {
        return new JsonObject(get(path).body());
    }

    @Override
    public void close() {
        server.close();
    }
}
