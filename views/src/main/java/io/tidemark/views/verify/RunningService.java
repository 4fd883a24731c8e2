package io.tidemark.views.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * A service that runs somewhere, as its clients ask it.
 *
 * @param address of it, with or without a path such as {@code /t/name/}
 * @param token bearer token
 */
public record RunningService(URI address, Optional<String> token) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Where a path is, which has no slash at its beginning. */
    public URI at(String path) {
        String base = address.toString();
        return URI.create(base.endsWith("/") ? base : base + "/").resolve(path);
    }

    /**
     * The JSON of an answer; missing if it has none.
     *
     * @throws IOException if there is no answer, or it is no 200; the message is for the user
     */
    public JsonNode get(String path) throws IOException {
        URI uri = at(path);
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
            throw new IOException("No answer from " + uri + ": is the service running there? Its log says why not.", e);
        }
        JsonNode body = parsed(answer.body());
        if (answer.statusCode() == 401) {
            throw new IOException(uri + " wants a token: set TIDEMARK_AUTH_TOKENS.");
        }
        if (answer.statusCode() != 200) {
            String detail = body.path("detail").asText("").replaceAll("\\p{C}", " ");
            throw new IOException(
                    uri + " answered " + answer.statusCode() + (detail.isEmpty() ? "" : ": " + detail) + ".");
        }
        return body;
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
