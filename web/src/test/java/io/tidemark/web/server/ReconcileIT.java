package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.web.engine.EmbeddedEngine;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every cause of a reconcile (FAULTS 16 to 20), in any order, while clients of every kind watch. {@code -Dtidemark.seed} repeats
 * the changes of a run.
 *
 * <p>What anybody was ever shown must be what one of the table's histories held at just that version, and all that was shown in
 * one epoch must be of one history.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReconcileIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime() & 0xffff_ffffL);
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);

    enum Cause {
        CLEANED_UP_WHILE_FOLLOWED(false),
        CLEANED_UP_WHILE_STOPPED(false),
        LAST_COMMIT_REWRITTEN(true),
        LAST_COMMITS_REWRITTEN_WHILE_STOPPED(true),
        ROLLED_BACK(true),
        RECREATED_WITH_FEWER_VERSIONS(true),
        RECREATED_WITH_MORE_VERSIONS(true),
        RECREATED_WHILE_STOPPED(true),
        BUCKET_RESTORED(true),
        RESTORED(false),
        REPLACED(true);

        private final boolean newEpoch;

        Cause(boolean newEpoch) {
            this.newEpoch = newEpoch;
        }
    }

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<Witness> witnesses = List.of(
            new Witness(Transport.WEBSOCKET, "{}", row -> true),
            new Witness(Transport.SOCKJS_WEBSOCKET, "{}", row -> true),
            new Witness(Transport.SOCKJS_XHR_STREAMING, "{}", row -> true),
            new Witness(Transport.WEBSOCKET, "{\"channel\":[\"web\"]}", row -> "web".equals(row.channel())));
    private final List<Witness.Shown> polled = new CopyOnWriteArrayList<>();
    private final List<Throwable> pollFailures = new CopyOnWriteArrayList<>();
    private ForkedTable table;
    private EmbeddedEngine engine;
    private volatile Served served;
    private volatile boolean done;
    private Thread poller;

    @BeforeEach
    void start() throws IOException, SQLException {
        System.out.println("ReconcileIT: -Dtidemark.seed=" + SEED);
        table = new ForkedTable(directory.resolve("table"), random);
        serve();
        poller = new Thread(this::poll, "poller");
        poller.start();
    }

    @AfterEach
    void stop() throws Exception {
        done = true;
        poller.join();
        witnesses.forEach(Witness::disconnect);
        stopServing();
        table.close();
    }

    private void serve() throws IOException {
        engine = EmbeddedEngine.open(
                "events", new LocalTableFiles(table.root()), directory.resolve("state"), FakeTable.SPEC);
        Served now = new Served(engine);
        engine.start(2, Duration.ofMillis(50));
        served = now;
        for (Witness witness : witnesses) {
            witness.connect(now.port);
        }
    }

    private void stopServing() {
        Served now = served;
        served = null;
        now.close();
        engine.close();
    }

    @Test
    void whateverBecomesOfTheTableNobodyIsShownAMixtureAndEveryOtherHistoryIsANewEpoch() throws Exception {
        List<Cause> causes = new ArrayList<>(Arrays.asList(Cause.values()));
        Collections.shuffle(causes, random);
        someCommits();
        awaitAll("the first commits");
        for (Cause cause : causes) {
            someCommits();
            awaitAll("before " + cause);
            String epoch = epoch();
            bringAbout(cause);
            awaitAll("after " + cause);
            assertThat(!epoch().equals(epoch))
                    .as("seed %d: a new epoch after %s", SEED, cause)
                    .isEqualTo(cause.newEpoch);
        }
        someCommits();
        awaitAll("the last commits");
        done = true;
        poller.join();

        assertThat(pollFailures).isEmpty();
        assertThat(polled).hasSizeGreaterThan(causes.size());
        assertOneHistoryAnEpoch("REST", polled, EventRow::count);
        for (Witness witness : witnesses) {
            assertThat(witness.failures()).as("%s", witness).isEmpty();
            assertThat(witness.shown()).as("%s", witness).hasSizeGreaterThan(causes.size());
            assertOneHistoryAnEpoch(witness.toString(), witness.shown(), witness::counts);
        }
    }

    /** Some are waited for, some follow each other as fast as can be. */
    private void someCommits() throws Exception {
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            table.commit();
            if (random.nextBoolean()) {
                awaitAll("a commit");
            }
        }
    }

    private void bringAbout(Cause cause) throws Exception {
        switch (cause) {
            case CLEANED_UP_WHILE_FOLLOWED -> table.commitBehindAGap();
            case CLEANED_UP_WHILE_STOPPED -> whileStopped(table::commitBehindAGap);
            case LAST_COMMIT_REWRITTEN -> table.rewriteSince(table.version() - 1, 1 + random.nextInt(3));
            case LAST_COMMITS_REWRITTEN_WHILE_STOPPED ->
                whileStopped(() -> table.rewriteSince(table.version() - 1, 1 + random.nextInt(3)));
            case ROLLED_BACK -> table.rollBack(1);
            case RECREATED_WITH_FEWER_VERSIONS -> table.recreate(1);
            case RECREATED_WITH_MORE_VERSIONS -> table.recreate((int) table.version() + 3);
            case RECREATED_WHILE_STOPPED ->
                whileStopped(() -> table.recreate((int) table.version() + random.nextInt(3)));
            case BUCKET_RESTORED -> table.restoreCopyOf(table.version() - 1);
            case RESTORED -> table.restore(table.version() - 1);
            case REPLACED -> table.replace();
        }
    }

    private interface Change {
        void make() throws IOException, SQLException;
    }

    private void whileStopped(Change change) throws IOException, SQLException {
        witnesses.forEach(Witness::disconnect);
        stopServing();
        change.make();
        serve();
    }

    private String epoch() {
        return engine.state().orElseThrow().epoch();
    }

    /** Waits until everybody is shown what the table holds now. */
    private void awaitAll(String what) throws InterruptedException {
        Map<String, Long> now = EventRow.count(table.rows());
        await(what, () -> {
            Witness.Shown page = polled.isEmpty() ? null : polled.get(polled.size() - 1);
            return page != null
                    && page.version() == table.version()
                    && page.counts().equals(now);
        });
        String epoch = epoch();
        for (Witness witness : witnesses) {
            await(what + ", " + witness, () -> {
                Witness.Shown held = witness.held();
                return held != null
                        && held.equals(new Witness.Shown(epoch, table.version(), witness.counts(table.rows())));
            });
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("seed " + SEED + ", " + what + ": version " + table.version()
                        + " is not shown; status " + engine.status() + "; failures " + pollFailures
                        + witnesses.stream().map(Witness::failures).toList());
            }
            Thread.sleep(2);
        }
    }

    private void poll() {
        while (!done) {
            Served now = served;
            try {
                Thread.sleep(1);
                if (now != null) {
                    HttpResponse<String> answer = now.get("/api/v1/views");
                    if (answer.statusCode() == 200) {
                        take(answer);
                    }
                }
            } catch (IOException e) {
                if (now == served) {
                    pollFailures.add(e);
                }
            } catch (RuntimeException | AssertionError | InterruptedException e) {
                pollFailures.add(e);
            }
        }
    }

    private void take(HttpResponse<String> answer) {
        JsonObject body = new JsonObject(answer.body());
        Witness.Shown page = new Witness.Shown(body.getString("epoch"), body.getLong("version"), EventRow.served(body));
        assertThat(answer.headers().firstValue("Tidemark-Version")).contains(Long.toString(page.version()));
        assertThat(answer.headers().firstValue("Tidemark-Epoch")).contains(page.epoch());
        Witness.Shown before = polled.isEmpty() ? null : polled.get(polled.size() - 1);
        if (page.equals(before)) {
            return;
        }
        if (before != null && before.epoch().equals(page.epoch())) {
            assertThat(page.version()).as("forward within an epoch").isGreaterThan(before.version());
        }
        polled.add(page);
    }

    private interface Counting {
        Map<String, Long> count(List<EventRow> rows);
    }

    private void assertOneHistoryAnEpoch(String who, List<Witness.Shown> shown, Counting counting) {
        Map<String, List<Witness.Shown>> epochs = new HashMap<>();
        shown.forEach(
                s -> epochs.computeIfAbsent(s.epoch(), e -> new ArrayList<>()).add(s));
        epochs.forEach((epoch, all) -> assertThat(table.histories())
                .as(
                        "seed %d, %s: epoch %s, versions %s",
                        SEED,
                        who,
                        epoch,
                        all.stream().map(Witness.Shown::version).toList())
                .anySatisfy(history -> assertThat(all)
                        .allSatisfy(s -> assertThat(s.counts())
                                .as("version %d", s.version())
                                .isEqualTo(counting.count(history.getOrDefault(s.version(), List.of()))))));
    }
}
