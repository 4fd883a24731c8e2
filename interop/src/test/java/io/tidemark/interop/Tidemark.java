package io.tidemark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar as users run it, in a process of its own, following one table. */
final class Tidemark implements AutoCloseable {
    static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Pattern SERVING = Pattern.compile("Tidemark is serving .* at (http://\\S+/)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path log;
    private final URI address;

    /** @param log file that its output is appended to */
    Tidemark(Path jar, Path table, Path state, Path log) throws IOException {
        this.log = log;
        long before = Files.exists(log) ? Files.size(log) : 0;
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-jar",
                        jar.toString(),
                        "serve",
                        "--table",
                        table.toString(),
                        "--state-dir",
                        state.toString(),
                        "--port",
                        "0")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        String[] found = new String[1];
        await(() -> "serves", () -> {
            Matcher line = SERVING.matcher(outputFrom(before));
            if (line.find()) {
                found[0] = line.group(1);
            }
            return found[0] != null;
        });
        address = URI.create(found[0]);
    }

    private String outputFrom(long position) {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(
                    all, (int) position, all.length - (int) position, java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI liveSocket() {
        return URI.create(address.resolve("live/websocket").toString().replaceFirst("^http", "ws"));
    }

    JsonNode status() {
        return get("api/v1/status");
    }

    /** The page; what it says of errors, if there is none. */
    JsonNode views() {
        return get("api/v1/views");
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return JSON.readTree(
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + path + "; see " + log, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a condition, and fails at once if the process ends meanwhile. */
    void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new AssertionError("It ended with " + process.exitValue() + "; see " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + DEADLINE + ": " + what.get());
            }
            // Often would take time away from what is waited for.
            runFor(25);
        }
    }

    /** Lets it run for some time, or until it ends. */
    void runFor(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Resident memory in MiB, or -1 where the system does not say. */
    long residentMiB() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"));
            return lines.stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        end();
    }

    /** SIGTERM. */
    void stop() {
        process.destroy();
        end();
    }

    private void end() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It does not end; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
