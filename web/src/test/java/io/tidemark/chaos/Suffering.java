package io.tidemark.chaos;

import io.tidemark.process.ChangingTable;
import io.tidemark.process.TidemarkProcess;
import io.tidemark.web.command.TidemarkCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table that another program changes all the time, and a state that the real jar keeps of it. */
final class Suffering implements AutoCloseable {
    private static final Pattern EQUAL = Pattern.compile("EQUAL at version (\\d+)");
    private static final Pattern DIFFERENT = Pattern.compile("DIFFERENT at version (\\d+)");
    private static final long PAUSE_NANOS = 200_000_000L;

    final Path table;
    final Path state;
    final Random random;
    private final ChangingTable writer;
    private CompletableFuture<Void> writing;
    private volatile boolean stop;

    /** @param seed repeats what the writer does and what {@link #random} gives, not the moments */
    Suffering(Path dir, Path state, long seed) throws Exception {
        this.table = dir.resolve("table");
        this.state = state;
        this.random = new Random(seed);
        writer = new ChangingTable(table, seed);
        for (int i = 0; i < 5; i++) {
            writer.append(1_000);
        }
    }

    /** The seed of a run, told. */
    static long seed(String test) {
        String given = System.getProperty("tidemark.seed", "");
        long seed = given.isBlank() ? System.nanoTime() & 0xffff_ffffL : Long.parseLong(given);
        System.out.println(test + ": -Dtidemark.seed=" + seed);
        return seed;
    }

    /** Commits until {@link #rest()}. */
    void write() {
        stop = false;
        writing = CompletableFuture.runAsync(() -> {
            try {
                while (!stop) {
                    writer.change();
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** Ends what {@link #write()} began. */
    void rest() {
        stop = true;
        if (writing != null) {
            writing.join();
            writing = null;
        }
    }

    /** Waits until a process has ended of its own; if it does not, since nothing is committed any more, says why not. */
    int endOf(TidemarkProcess process) {
        try {
            return process.exitCode();
        } catch (AssertionError e) {
            if (writing.isCompletedExceptionally()) {
                writing.join();
            }
            throw e;
        }
    }

    /** One commit, now. */
    void change() throws Exception {
        writer.change();
    }

    /** One commit of new rows, now. */
    void append(long rows) throws IOException {
        writer.append(rows);
    }

    long newestVersion() {
        return writer.newestVersion();
    }

    TidemarkProcess serve(String... more) throws IOException {
        return TidemarkProcess.serve(table, state, more);
    }

    /** @param jvm options of its Java */
    TidemarkProcess serveWith(String jvm) throws IOException {
        return TidemarkProcess.start(
                Map.of("JAVA_TOOL_OPTIONS", jvm + " " + System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "")),
                "serve",
                "--table",
                table.toString(),
                "--state-dir",
                state.toString(),
                "--port",
                "0");
    }

    /** Waits until all that was committed is served, and nothing is wrong. */
    void awaitCurrent(TidemarkProcess process) {
        long newest = newestVersion();
        process.await(
                "is live at version " + newest,
                () -> process.version() >= newest
                        && process.status().path("state").asText().equals("live"));
    }

    /**
     * What {@code verify} found.
     *
     * @param version at which it compared; -1: there is no version
     * @param equal true also if there is none
     * @param said all of it
     */
    record Verdict(long version, boolean equal, String said) {}

    /** Recounts the table at the version of the state, which must be in use by nobody. */
    Verdict verify() {
        return verify("--state-dir", state.toString());
    }

    /** Recounts the table at the version of an answer of a service. */
    Verdict verify(TidemarkProcess process) {
        return verify("--url", process.address().toString());
    }

    private Verdict verify(String... subject) {
        List<String> arguments = List.of("verify", "--table", table.toString(), subject[0], subject[1]);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        TidemarkCommand.run(arguments.toArray(new String[0]), Map.of(), out, out);
        String text = said.toString(StandardCharsets.UTF_8);
        Matcher equal = EQUAL.matcher(text);
        if (equal.find()) {
            return new Verdict(Long.parseLong(equal.group(1)), true, text);
        }
        Matcher different = DIFFERENT.matcher(text);
        boolean differs = different.find();
        boolean nothing = text.contains("holds no version yet") || text.contains("There is no state");
        return new Verdict(differs ? Long.parseLong(different.group(1)) : -1, nothing, text);
    }

    @Override
    public void close() throws Exception {
        rest();
        writer.close();
    }
}
