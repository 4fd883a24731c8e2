package io.tidemark.web.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.web.config.Exposure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a running service how a table is doing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Asks a running service how its table is doing, and says it on one screen. Exits with 1 if the table is"
                        + " stale, failed, or not there.",
        footer = "%nTIDEMARK_AUTH_TOKENS holds the bearer token for --url.")
final class StatusCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Set<String> WELL = Set.of("live", "catching-up", "bootstrapping");

    private final Context context;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080/",
            description = "Address of the service; with /t/NAME/ of one of several tables.")
    private String url;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode status = fetch(ServiceAddress.parse(url).resolve("api/v1/status"));
        StatusText.of(status).forEach(context.out()::println);
        return WELL.contains(status.path("state").asText()) ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private JsonNode fetch(URI address) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).header("Accept", "application/json");
        Exposure.tokens(context.tokens()).stream()
                .findFirst()
                .ifPresent(token -> request.header("Authorization", "Bearer " + token));
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
                            + " s: is the service running there? Its log" + " says why not.",
                    e);
        }
        JsonNode body = json(answer.body());
        if (answer.statusCode() == 401) {
            throw new IOException(address + " wants a token: set TIDEMARK_AUTH_TOKENS.");
        }
        if (answer.statusCode() != 200 || !body.path("state").isTextual()) {
            throw new IOException(address + " answered " + answer.statusCode()
                    + ", and not with a status: is this a Tidemark service?");
        }
        return body;
    }

    private static JsonNode json(String body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            return new ObjectMapper().nullNode();
        }
    }
}
