package io.tidemark.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a running service answered to {@code GET /api/v1/status}. */
record ServiceStatus(JsonNode json) {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Set<String> WELL = Set.of("live", "catching-up", "bootstrapping");

    /** True if nobody has to do anything. */
    boolean isWell() {
        return WELL.contains(json.path("state").asText());
    }

    List<String> text() {
        return StatusText.of(json);
    }

    /**
     * @param service its address, with a slash at its end
     * @throws IOException if it does not answer, or not with a status; the message is for the user
     */
    static ServiceStatus fetch(URI service, Optional<String> token) throws IOException {
        URI address = service.resolve("api/v1/status");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).header("Accept", "application/json");
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> answer;
        try {
            answer = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while asking " + address + ".", e);
        } catch (IOException e) {
            throw new IOException(
                    "No answer from " + address + " within " + TIMEOUT.toSeconds()
                            + " s: is the service running there? Its log says why not.",
                    e);
        }
        JsonNode body = parsed(answer.body());
        if (answer.statusCode() == 401) {
            throw new IOException(address + " wants a token: set TIDEMARK_AUTH_TOKENS.");
        }
        if (answer.statusCode() != 200 || !body.path("state").isTextual()) {
            throw new IOException(address + " answered " + answer.statusCode()
                    + ", and not with a status: is this a Tidemark service?");
        }
        return new ServiceStatus(body);
    }

    private static JsonNode parsed(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            return new ObjectMapper().nullNode();
        }
    }
}
