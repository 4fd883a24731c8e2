package io.tidemark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code tidemark serve} as users run it, in a process of its own, from the same classes as this one. */
public final class ServiceProcess implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("Tidemark is serving .* at (http://\\S+/)");
    private static final long DEADLINE_NANOS = 600_000_000_000L;
    private static final double TICKS_A_SECOND = 100;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI address;

    private ServiceProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param jvm options of the virtual machine
     */
    public static ServiceProcess serve(Path table, Path state, List<String> jvm) throws IOException {
        return serve(table, state, jvm, List.of(), Map.of());
    }

    /**
     * As {@link #serve(Path, Path, List)}.
     *
     * @param more options of the service
     * @param environment variables besides those of this process
     */
    public static ServiceProcess serve(
            Path table, Path state, List<String> jvm, List<String> more, Map<String, String> environment)
            throws IOException {
        return serve(table.toString(), state, jvm, more, environment);
    }

    /** The same, of a table anywhere. */
    public static ServiceProcess serve(
            String table, Path state, List<String> jvm, List<String> more, Map<String, String> environment)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("serve", "--table", table, "--state-dir", state.toString(), "--port", "0"));
        arguments.addAll(more);
        return start(jvm, arguments, environment, state.resolveSibling(state.getFileName() + ".log"));
    }

    /** {@code tidemark demo}, whose table and state are in a folder of its own. */
    public static ServiceProcess demo(Path folder, List<String> jvm) throws IOException {
        return start(
                jvm,
                List.of("demo", "--dir", folder.toString(), "--port", "0"),
                Map.of(),
                folder.resolveSibling(folder.getFileName() + ".log"));
    }

    private static ServiceProcess start(
            List<String> jvm, List<String> arguments, Map<String, String> environment, Path log) throws IOException {
        List<String> command = java(jvm);
        command.add("io.tidemark.Main");
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher serving = SERVING.matcher(line);
            if (serving.find()) {
                return new ServiceProcess(process, URI.create(serving.group(1)));
            }
        }
        throw new IOException("The service did not start: see " + log);
    }

    /** A Java of this installation with this class path. */
    public static List<String> java(List<String> jvm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.timezone=UTC",
                "-cp",
                System.getProperty("java.class.path")));
        return command;
    }

    public URI address() {
        return address;
    }

    /** The status code of a path, or the body if it is 200. */
    public String get(String path) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : Integer.toString(response.statusCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Reads an answer to its end and keeps nothing of it; gives its bytes. */
    public long download(String path) throws IOException {
        try {
            HttpResponse<InputStream> response = HTTP.send(
                    HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                long bytes = body.transferTo(OutputStream.nullOutputStream());
                if (response.statusCode() != 200) {
                    throw new IOException("Status " + response.statusCode() + " for " + path);
                }
                return bytes;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The status code of what is posted there as JSON. */
    public int post(String path, String json) throws IOException {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(address.resolve(path))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Waits until the status says this. */
    public void awaitStatus(String text) throws IOException, InterruptedException {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!get("api/v1/status").contains(text)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IOException("The service never said " + text + ": " + get("api/v1/status"));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Resident memory in bytes, as Linux counts it; -1 elsewhere. */
    public long residentBytes() throws IOException {
        return kilobytes("VmRSS:") * 1024;
    }

    /** The most it ever was. */
    public long mostResidentBytes() throws IOException {
        return kilobytes("VmHWM:") * 1024;
    }

    /** Processor time of all its threads so far, as Linux counts it; -1 elsewhere. */
    public double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    /** The same of any process. */
    public static double cpuSeconds(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return -1;
        }
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends any signal: {@code STOP}, {@code CONT}. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private long kilobytes(String field) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return -1;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
