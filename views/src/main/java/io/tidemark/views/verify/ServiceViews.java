package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One answer of a running service's {@code GET api/v1/views}.
 *
 * @param version that the answer is true for
 */
record ServiceViews(long version, Cells cells) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /**
     * @param service its address, with or without a path such as {@code /t/name/}
     * @param token bearer token
     * @throws IOException if it does not answer, or not with views; the message is for the user
     */
    static ServiceViews fetch(URI service, Optional<String> token, CubeSpec spec) throws IOException {
        String base = service.toString().endsWith("/") ? service.toString() : service + "/";
        URI uri = URI.create(base).resolve("api/v1/views");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while asking " + uri + ".", e);
        } catch (IOException e) {
            throw new IOException("No answer from " + uri + ": is the service running there?", e);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answered " + answer.statusCode() + detail(answer.body()) + ".");
        }
        return parse(answer.body(), spec);
    }

    private static String detail(String problem) {
        try {
            String detail = JSON.readTree(problem).path("detail").asText("");
            return detail.isEmpty() ? "" : ": " + detail.replaceAll("\\p{C}", " ");
        } catch (IOException e) {
            return "";
        }
    }

    static ServiceViews parse(String body, CubeSpec spec) throws IOException {
        JsonNode page = JSON.readTree(body);
        if (!page.path("version").isIntegralNumber() || !page.path(Cells.TOTALS).isObject()) {
            throw new IOException("The answer holds no version and totals: is this a Tidemark service?");
        }
        Cells cells = new Cells();
        JsonNode totals = page.path(Cells.TOTALS);
        cells.put(Cells.TOTALS, totals.path("events").longValue(), "events");
        cells.put(Cells.TOTALS, totals.path("noTime").longValue(), "noTime");
        if (totals.path("sessions").isIntegralNumber()) {
            cells.put(Cells.TOTALS, totals.path("sessions").longValue(), "sessions");
        }
        totals.path("values")
                .fields()
                .forEachRemaining(
                        value -> cells.put(Cells.TOTALS, value.getValue().longValue(), "values", value.getKey()));
        if (page.has(Cells.HOURLY)) {
            cells.view(Cells.HOURLY);
            // Parsed and printed again: an hour may be written in more than one way.
            page.get(Cells.HOURLY)
                    .forEach(hour -> cells.put(
                            Cells.HOURLY,
                            count(hour),
                            Instant.parse(hour.path("hour").asText()).toString()));
        }
        for (Dimension dimension : spec.dimensions()) {
            if (page.has(dimension.name())) {
                cells.view(dimension.name());
                page.get(dimension.name())
                        .forEach(value -> cells.put(dimension.name(), count(value), text(value.path("value"))));
            }
        }
        if (page.has(Cells.HEATMAP) && spec.dimensions().size() >= 2) {
            cells.view(Cells.HEATMAP);
            String first = spec.dimensions().get(0).name();
            String second = spec.dimensions().get(1).name();
            page.get(Cells.HEATMAP)
                    .forEach(pair ->
                            cells.put(Cells.HEATMAP, count(pair), text(pair.path(first)), text(pair.path(second))));
        }
        page.path("other")
                .fields()
                .forEachRemaining(
                        view -> cells.putUnlisted(view.getKey(), view.getValue().longValue()));
        return new ServiceViews(page.path("version").longValue(), cells);
    }

    private static long count(JsonNode entry) {
        return entry.path("count").longValue();
    }

    private static String text(JsonNode value) {
        return value.isNull() ? null : value.asText();
    }
}
