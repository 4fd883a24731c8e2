package io.tidemark.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.ingest.files.ObjectStoreSettings;
import io.tidemark.ingest.generate.Generate;
import io.tidemark.ingest.generate.GenerateOptions;
import io.tidemark.s3.S3Server;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the jar writes when it knows secrets, right and wrong ones, and when clients try to write into its log. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecretsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "token-right-5f20c1";
    private static final String WRONG_TOKEN = "token-wrong-88ab03";
    private static final String WRONG_KEY = "AKIAWRONGIDENTITY";
    private static final String WRONG_SECRET = "credential-wrong-31d7";
    private static final String SESSION = "session-token-9e41";
    private static final String HOOK_SECRET = "hook-secret-77e0";
    private static final String HOOK_PATH = "hook-path-c0ffee";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqd3Qtc2VjcmV0In0.c2lnbmF0dXJlLTQy";

    private static final List<String> SECRETS = List.of(
            S3Server.KEY,
            S3Server.SECRET,
            TOKEN,
            WRONG_TOKEN,
            WRONG_KEY,
            WRONG_SECRET,
            SESSION,
            HOOK_SECRET,
            HOOK_PATH,
            JWT,
            "c2lnbmF0dXJlLTQy");

    @TempDir
    Path dir;

    @Test
    void noSecretIsEverWrittenAndEveryEventIsOneLineOfJson() throws Exception {
        HttpServer hook = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        hook.createContext("/", request -> {
            request.sendResponseHeaders(404, -1);
            request.close();
        });
        hook.start();
        try (S3Server server = new S3Server(dir.resolve("s3"))) {
            String table = "s3://" + server.bucket() + "/events";
            Generate.run(
                    new GenerateOptions(
                            table,
                            ObjectStoreSettings.configuration(server.environment()),
                            50,
                            50,
                            0,
                            24,
                            Instant.parse("2026-01-03T00:00:00Z"),
                            0,
                            1),
                    line -> {},
                    () -> false);

            int port = hook.getAddress().getPort();
            List<String> right = served(environment(server.environment(), port), table, "live");
            assertThat(right)
                    .anyMatch(line -> line.contains("\"level\":\"INFO\""))
                    .anyMatch(line -> line.contains("could not be posted to the webhook at 127.0.0.1"));

            Map<String, String> wrong = environment(server.environment(), port);
            wrong.put("AWS_ACCESS_KEY_ID", WRONG_KEY);
            wrong.put("AWS_SECRET_ACCESS_KEY", WRONG_SECRET);
            wrong.put("AWS_SESSION_TOKEN", SESSION);
            List<String> refused = served(wrong, table, "stale");
            assertThat(refused).anyMatch(line -> line.contains("Stopped"));
        } finally {
            hook.stop(0);
        }
    }

    private static Map<String, String> environment(Map<String, String> store, int hook) {
        Map<String, String> environment = new TreeMap<>(store);
        environment.put("TIDEMARK_LOG_FORMAT", "json");
        environment.put("TIDEMARK_LOG_LEVEL", "TRACE");
        environment.put("TIDEMARK_AUTH_TOKENS", TOKEN);
        environment.put("TIDEMARK_ALERT_WEBHOOK", "http://127.0.0.1:" + hook + "/" + HOOK_PATH);
        environment.put("TIDEMARK_ALERT_WEBHOOK_SECRET", HOOK_SECRET);
        environment.put("TIDEMARK_OIDC_ISSUER", "http://127.0.0.1:9/issuer");
        environment.put("TIDEMARK_OIDC_AUDIENCE", "tidemark");
        return environment;
    }

    /** Serves, is asked with right and wrong tokens, and ends. What it wrote to standard error. */
    private List<String> served(Map<String, String> environment, String table, String state) throws Exception {
        List<String> written = new ArrayList<>();
        try (TidemarkProcess service = TidemarkProcess.start(
                environment,
                "serve",
                "--table",
                table,
                "--state-dir",
                dir.resolve(state).toString(),
                "--port",
                "0")) {
            URI address = service.address();
            service.await(
                    "is " + state, () -> body(address, "api/v1/status", TOKEN).contains("\"state\":\"" + state + "\""));
            for (String token : List.of(TOKEN, WRONG_TOKEN, JWT)) {
                for (String path : List.of("api/v1/views", "metrics", "api/v1/session", "no/such?token=" + token)) {
                    body(address, path, token);
                }
                alert(address, token);
            }
            forge(address);
            if (state.equals("live")) {
                service.await(
                        "has told of the alert",
                        () -> String.join("\n", service.stderr()).contains("could not be posted"));
            }
            service.stop();
            written.addAll(service.stderr());
            assertThat(String.join("\n", service.stdout()) + String.join("\n", written))
                    .doesNotContain(SECRETS);
        }
        assertThat(written).isNotEmpty().allSatisfy(line -> {
            JsonNode event = JSON.readTree(line);
            assertThat(event.path("message").isTextual()).isTrue();
            assertThat(event.path("level").isTextual()).isTrue();
        });
        return written;
    }

    /** One that fires at once, and so is posted to the webhook, which nobody listens to. */
    private static void alert(URI address, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/v1/alerts/some"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"kind\":\"value\",\"above\":1}"))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    /** Requests that are none, with line breaks and what looks like an event in them. */
    private static void forge(URI address) throws Exception {
        String forged = "%0d%0a{\"level\":\"FATAL\",\"forged\":1}";
        for (String request : List.of(
                "GET /" + forged + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /api/v1/views?channel=" + forged + " HTTP/1.1\r\nHost: a\r\nX: \r\n\t{\"forged\":2}\r\n\r\n",
                "BREW /\n{\"forged\":3}\r\n\r\n")) {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout(10_000);
                OutputStream out = socket.getOutputStream();
                out.write(request.getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
    }

    private static String body(URI address, String path, String token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException("No answer to " + path, e);
        }
    }
}
