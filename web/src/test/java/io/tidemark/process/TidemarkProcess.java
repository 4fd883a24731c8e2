package io.tidemark.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar as users run it, in a process of its own. */
public final class TidemarkProcess implements AutoCloseable {
    public static final Duration DEADLINE = Duration.ofSeconds(120);

    private static final Pattern SERVING = Pattern.compile("Tidemark is serving .* at (http://\\S+/)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Process process;
    private final List<String> out;
    private final List<String> err;
    private final List<Thread> readers = new ArrayList<>();

    private TidemarkProcess(Process process) {
        this.process = process;
        out = collect(process.getInputStream());
        err = collect(process.getErrorStream());
    }

    /** Empty if the jar was not built, as in a run of single tests. */
    public static Path jar() {
        return Path.of(System.getProperty("tidemark.jar", "target/tidemark.jar"));
    }

    public static TidemarkProcess start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    /** @param environment variables besides those of the tests' own process */
    public static TidemarkProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java().toString(), "-Xmx512m", "-jar", jar().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().putAll(environment);
        return start(process);
    }

    /** @param process that runs the jar in one way or another */
    public static TidemarkProcess start(ProcessBuilder process) throws IOException {
        if (!Files.isRegularFile(jar())) {
            throw new IllegalStateException("There is no " + jar() + ": build it with mvn package.");
        }
        return new TidemarkProcess(process.start());
    }

    /** The Java that runs the tests. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public static TidemarkProcess serve(Path table, Path state, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--table", table.toString(), "--state-dir", state.toString(), "--port", "0"));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(new String[0]));
    }

    private List<String> collect(InputStream stream) {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                // The process is gone.
            }
        });
        reader.setDaemon(true);
        reader.start();
        readers.add(reader);
        return lines;
    }

    /** Waits for the line that says where it serves. */
    public URI address() {
        await("serves", () -> !servingLines().isEmpty());
        Matcher line = SERVING.matcher(servingLines().get(0));
        line.find();
        return URI.create(line.group(1));
    }

    private List<String> servingLines() {
        synchronized (out) {
            return out.stream().filter(line -> SERVING.matcher(line).find()).toList();
        }
    }

    public JsonNode status() {
        return get("api/v1/status");
    }

    /** Version that is served; -1 before the first. */
    public long version() {
        JsonNode version = status().path("version");
        return version.isIntegralNumber() ? version.longValue() : -1;
    }

    public JsonNode get(String path) {
        try {
            return JSON.readTree(text(path));
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON at " + path, e);
        }
    }

    public String text(String path) {
        return ask(path).body();
    }

    /** Sum of a metric over all its labels; 0 if there is none. */
    public double metric(String name) {
        return Metrics.sum(text("metrics"), name);
    }

    /** An answer with its status and headers. */
    HttpResponse<String> ask(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address().resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("No answer to " + path + "; stderr: " + stderr(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a condition, and fails at once if the process ends meanwhile. */
    public void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive()) {
                throw new AssertionError(
                        "It ended with " + process.exitValue() + " instead: " + what + "; stderr: " + stderr());
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + DEADLINE + ": " + what + "; stderr: " + stderr());
            }
            runFor(20);
        }
    }

    /** Lets it run for some time, or until it ends. */
    public void runFor(long millis) {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP: it does nothing any more, and does not know. */
    public void freeze() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM. */
    public void stop() {
        process.destroy();
        exitCode();
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("It does not end; stderr: " + stderr());
            }
            for (Thread reader : readers) {
                reader.join(DEADLINE.toMillis());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public List<String> stdout() {
        synchronized (out) {
            return List.copyOf(out);
        }
    }

    public List<String> stderr() {
        synchronized (err) {
            return List.copyOf(err);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
