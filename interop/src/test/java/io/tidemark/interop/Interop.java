package io.tidemark.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/** One run: a random history, written by Spark and followed by Tidemark, compared after every commit. */
final class Interop implements AutoCloseable {
    private static final int STALE_COMMITS = 5;
    private static final long MOST_ROWS = 500;

    private final long seed;
    private final int wanted;
    private final Path dir;
    private final Path jar;
    private final Random random;
    private final SparkSession spark;
    private final SparkTable table;
    private final Oracle oracle;
    private final WholeTableOperations whole;
    private final LayoutOperations layout;
    private final SchemaOperations schema;
    private final DataOperations data;
    private final LogKeeping keeping;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Operation> breaking;
    private final LiveClient live = new LiveClient();
    private final Tally tally = new Tally();
    private final Deque<String> last = new ArrayDeque<>();

    private Tidemark tidemark;
    private TableState applied;
    /** Logical files of that version; empty: not asked yet. */
    private Set<String> appliedFiles = Set.of();

    private Page served;
    private long commits;
    private int staleFor;
    private final Set<String> broken = new TreeSet<>();

    Interop(long seed, int wanted, Path dir, Path jar) throws Exception {
        this.seed = seed;
        this.wanted = wanted;
        this.dir = Files.createDirectories(dir).toRealPath();
        this.jar = jar;
        this.random = new Random(seed);
        this.spark = SparkTable.session(this.dir.resolve("warehouse"));
        this.table = new SparkTable(spark, this.dir.resolve("table"), random);
        this.oracle = new Oracle(table);
        Shapes shapes = new Shapes(table);
        this.data = new DataOperations(table);
        this.whole = new WholeTableOperations(table, shapes, data);
        this.layout = new LayoutOperations(table);
        this.schema = new SchemaOperations(table, shapes);
        this.keeping = new LogKeeping(table);
        operations.addAll(data.all());
        operations.addAll(layout.all());
        operations.addAll(new PropertyOperations(table).all());
        operations.addAll(schema.harmless());
        operations.addAll(whole.all());
        breaking = schema.breaking();
        operations.addAll(breaking);
    }

    /** @throws AssertionError at the first difference, with what is needed to repeat it */
    void run() throws Exception {
        long began = System.nanoTime();
        try {
            whole.create();
            commits += table.newestVersion() + 1;
            start();
            check();
            while (commits < wanted) {
                round();
            }
        } catch (Throwable e) {
            throw new AssertionError(
                    "After " + commits + " commits of -Dtidemark.seed=" + seed + ", in " + dir + ": " + e.getMessage()
                            + "\nThe last operations:\n" + String.join("\n", last) + "\n" + told(began),
                    e);
        }
        System.out.println(told(began));
    }

    private void round() throws Exception {
        double chance = random.nextDouble();
        if (chance < 0.012) {
            note("kill -9");
            tidemark.kill();
            away(random.nextInt(4));
        } else if (chance < 0.024) {
            // In the midst of a commit, or just after it.
            long millis = random.nextInt(400);
            note("kill -9 after " + millis + " ms of the next operation");
            Thread killer = new Thread(() -> {
                tidemark.runFor(millis);
                tidemark.kill();
            });
            killer.start();
            change();
            killer.join();
            away(0);
        } else if (chance < 0.034) {
            note("stop");
            tidemark.stop();
            away(1 + random.nextInt(6));
        } else {
            change();
        }
        check();
    }

    private void away(int changes) throws Exception {
        rememberAppliedFiles();
        for (int i = 0; i < changes; i++) {
            change();
        }
        if (random.nextInt(3) == 0) {
            note("log cleanup while away");
            data.append(table.state());
            commits++;
            keeping.cleanUp();
        }
        tally.restarts++;
        start();
    }

    private void start() throws Exception {
        live.close();
        tidemark = new Tidemark(jar, table.root, dir.resolve("state"), dir.resolve("tidemark.log"));
        live.connect(tidemark.liveSocket());
    }

    private void change() throws Exception {
        TableState before = table.state();
        if (staleFor > 0) {
            rememberAppliedFiles();
        }
        Operation operation = next(before);
        long number = commits;
        long began = System.nanoTime();
        String outcome = "";
        try {
            operation.action().run(before);
        } catch (Exception e) {
            outcome = " refused: " + firstLine(e);
            tally.refused(operation.name(), firstLine(e));
        }
        long now = table.newestVersion();
        boolean recreated = outcome.isEmpty() && operation.name().startsWith("drop and recreate");
        long made = recreated ? now + 1 : now - before.version();
        commits += made;
        tally.done(operation.name(), made);
        note("#" + number + " " + operation.name() + " " + before.version() + " -> " + now + outcome + " ("
                + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms)");
        if (operation.name().equals("VACUUM")) {
            layout.vacuumed(now);
        } else if (recreated) {
            layout.vacuumed(-1);
        }
    }

    private Operation next(TableState state) throws Exception {
        if (staleFor > STALE_COMMITS || (staleFor > 0 && random.nextInt(3) == 0)) {
            return mend(state);
        }
        if (state.version() > 3 && served != null && served.count("totals", List.of("events")) > MOST_ROWS) {
            return named(table.one("overwrite", "CREATE OR REPLACE", "delete everything", "RESTORE"));
        }
        int all = operations.stream()
                .filter(o -> o.possible().test(state))
                .mapToInt(Operation::weight)
                .sum();
        int at = random.nextInt(all);
        for (Operation operation : operations) {
            if (operation.possible().test(state)) {
                at -= operation.weight();
                if (at < 0) {
                    return operation;
                }
            }
        }
        throw new IllegalStateException();
    }

    /** What brings the counted columns back, if anything does. */
    private Operation mend(TableState state) {
        if (random.nextInt(3) > 0) {
            for (String column : broken) {
                Optional<String> renamed = applied.column(column)
                        .map(applied::physicalName)
                        .flatMap(physical -> java.util.Arrays.stream(
                                        state.schema().fields())
                                .filter(field -> state.physicalName(field).equals(physical))
                                .map(field -> field.name())
                                .findFirst());
                if (renamed.isPresent() && !state.has(column)) {
                    return Operation.of("rename a counted column back", 0, s -> schema.rename(renamed.get(), column));
                }
            }
            if (applied.version() >= table.oldestVersion()) {
                return Operation.of("RESTORE to where Tidemark stands", 0, s -> layout.restoreTo(applied.version()));
            }
        }
        return named(table.one("CREATE OR REPLACE", "overwrite with another schema"));
    }

    private Operation named(String name) {
        return operations.stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void check() throws Exception {
        TableState now = table.state();
        Set<String> gone = applied == null ? Set.of() : Fate.broken(applied, now);
        if (!gone.isEmpty() && someFilesStay(now)) {
            broken.addAll(gone);
            staysStale(now);
        } else {
            follows(now);
        }
        tally.residentMiB = Math.max(tally.residentMiB, tidemark.residentMiB());
    }

    private boolean someFilesStay(TableState now) {
        rememberAppliedFiles();
        Set<String> files = new HashSet<>(appliedFiles);
        files.retainAll(table.liveFiles(now.version()));
        return !files.isEmpty();
    }

    /** To be asked before the log of the version that is served is cleaned up: Spark cannot read it afterwards. */
    private void rememberAppliedFiles() {
        if (appliedFiles.isEmpty() && table.has(applied)) {
            appliedFiles = table.liveFiles(applied.version());
        }
    }

    private void staysStale(TableState now) throws Exception {
        JsonNode[] status = new JsonNode[1];
        tidemark.await(
                () -> "stale because of one of " + broken + " at version " + now.version() + "; status: " + status[0],
                () -> {
                    status[0] = tidemark.status();
                    return status[0].path("state").asText().equals("stale")
                            && broken.stream()
                                    .anyMatch(c ->
                                            status[0].path("reason").asText().contains("'" + c + "'"));
                });
        JsonNode views = tidemark.views();
        if (views.path("version").asLong(-1) != applied.version()) {
            throw new AssertionError(
                    "Stale, but version " + views.path("version") + " is served instead of " + applied.version());
        }
        same(served.differences("before", Page.of(views), "stale"), "views of a stale table at " + applied.version());
        staleFor++;
        tally.staleChecks++;
    }

    private void follows(TableState now) throws Exception {
        Page truth = oracle.count(now.version(), now.schema());
        JsonNode[] status = new JsonNode[1];
        tidemark.await(() -> "version " + now.version() + " of " + now.id() + "; status: " + status[0], () -> {
            status[0] = tidemark.status();
            if (staleFor == 0 && status[0].path("state").asText().equals("stale")) {
                tally.stumbles.add(status[0].path("reason").asText().replaceAll("\\[.*?]", ""));
            }
            return status[0].path("version").asLong(-1) == now.version()
                    && now.id().equals(status[0].at("/table/id").asText())
                    && status[0].path("state").asText().equals("live");
        });
        JsonNode views = tidemark.views();
        if (views.path("version").asLong(-1) != now.version()) {
            throw new AssertionError("Version " + views.path("version") + " is served instead of " + now.version());
        }
        Page page = Page.of(views);
        same(truth.differences("Spark", page, "Tidemark"), "REST at " + now.version());
        Page pushed = live.reach(views.path("epoch").asText(), now.version());
        same(truth.differences("Spark", pushed, "the live client"), "the live socket at " + now.version());
        between(now);
        if (staleFor > 0) {
            tally.recoveries++;
        }
        staleFor = 0;
        broken.clear();
        applied = now;
        appliedFiles = Set.of();
        served = page;
        tally.checks++;
    }

    /** Versions that were pushed on the way, where an operation made several. */
    private void between(TableState now) {
        Map<Long, Page> held = live.takeHeld();
        held.remove(now.version());
        held.forEach((version, page) -> {
            if (applied != null
                    && applied.id().equals(now.id())
                    && version > applied.version()
                    && version < now.version()) {
                Page truth;
                try {
                    truth = oracle.count(version, table.stateAt(version).schema());
                } catch (Exception e) {
                    // Vacuumed or cleaned up meanwhile.
                    tally.lostVersions++;
                    return;
                }
                same(
                        truth.differences("Spark", page, "the live client"),
                        "the live socket at " + version + ", on the way");
                tally.checksBetween++;
            }
        });
    }

    private static void same(List<String> differences, String what) {
        if (!differences.isEmpty()) {
            throw new AssertionError("Not equal, " + what + ":\n  " + String.join("\n  ", differences));
        }
    }

    private void note(String line) {
        last.add(line);
        if (last.size() > 25) {
            last.removeFirst();
        }
        if (Boolean.getBoolean("interop.verbose")) {
            System.out.println(line);
        }
    }

    private static String firstLine(Throwable e) {
        String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return e.getClass().getSimpleName() + " " + text.substring(0, Math.min(160, text.length()));
    }

    private String told(long began) {
        return "interop: -Dtidemark.seed=" + seed + ", " + commits + " commits in "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s; live client: " + live.told() + "\n"
                + tally;
    }

    @Override
    public void close() {
        live.close();
        if (tidemark != null) {
            tidemark.close();
        }
        spark.stop();
    }
}
