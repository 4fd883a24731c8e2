package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import io.tidemark.views.query.EventKey;
import io.tidemark.views.query.EventPage;
import io.tidemark.views.query.Scan;
import io.tidemark.views.query.ScanThreads;
import io.tidemark.views.query.StateQuery;
import io.tidemark.views.query.VersionGoneException;
import io.tidemark.views.store.ViewState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is scanned equals what DuckDB says of the same files: random filters, random histories, versions now and then. */
class QueriesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Random random = Seed.random("QueriesTest");
    private final ScanThreads threads = new ScanThreads(2, 4);

    @TempDir
    private Path directory;

    private WrittenTable table;
    private TableFiles files;
    private Followed followed;

    @BeforeEach
    void follow() throws Exception {
        Path root = directory.resolve("table");
        table = new WrittenTable(root);
        files = new LocalTableFiles(root);
        followed = new Followed(
                directory.resolve("state"),
                new DeltaTableLog(files, Clock.systemUTC(), Duration.ZERO),
                files,
                ParquetLedgerTest.SPEC);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(threads.running()).isZero();
        threads.close();
        followed.close();
        files.close();
        table.close();
    }

    private void commits(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            for (int n = random.nextInt(3); n >= 0; n--) {
                table.write(random.nextInt(80), random.nextInt());
            }
            List<String> old = table.untouched(table.liveFiles());
            if (!old.isEmpty() && random.nextBoolean()) {
                String file = old.get(random.nextInt(old.size()));
                if (random.nextBoolean() || table.rowsLeft(file) == 0) {
                    table.remove(file);
                } else {
                    table.deleteRow(file, random.nextInt(table.rowsWritten(file)));
                }
            }
            table.commit();
            if (random.nextInt(3) > 0) {
                followed.settle();
            }
        }
        followed.settle();
    }

    @Test
    void everyFilterGivesWhatDuckDbCountsWithExactSessions() throws Exception {
        commits(8);
        for (int i = 0; i < 30; i++) {
            Filter filter = filter();
            assertThat(scanned(Optional.empty(), filter))
                    .as("%s", filter)
                    .isEqualTo(table.recount(table.version(), sql(filter)));
        }
    }

    @Test
    void pastVersionsAreWhatTheyWere() throws Exception {
        commits(8);
        for (long version = 1; version <= table.version(); version++) {
            Filter filter = random.nextInt(4) == 0 ? Filter.ALL : filter();
            assertThat(scanned(Optional.of(version), filter))
                    .as("version %d, %s", version, filter)
                    .isEqualTo(table.recount(version, sql(filter)));
        }
    }

    @Test
    void versionsThatWereServedLatelyAreThereAfterTheirFilesAreGone() throws Exception {
        commits(10);
        Map<Long, Recount> counts = new HashMap<>();
        for (long version = 0; version <= table.version(); version++) {
            counts.put(version, table.recount(version, "true"));
        }
        table.remove(table.liveFiles().get(0));
        table.commit();
        followed.settle();
        table.vacuum();

        String epoch = followed.state().epoch();
        int found = 0;
        for (long version = 0; version < table.version(); version++) {
            Optional<ViewState> then = followed.queries().recent().at(epoch, version);
            if (then.isPresent()) {
                assertThat(counts(then.get(), Filter.ALL)).isEqualTo(counts.get(version));
                assertThat(then.get().version()).isEqualTo(version);
                found++;
            }
        }
        assertThat(found).isPositive();
        assertThat(followed.queries().recent().at("another", table.version())).isEmpty();
    }

    @Test
    void aVersionWhoseFilesAreGoneIsSaidToBe() throws Exception {
        table.write(10, 1);
        table.commit();
        long then = table.version();
        table.remove(table.liveFiles().get(0));
        table.write(10, 2);
        table.commit();
        followed.settle();
        table.vacuum();

        assertThat(catchThrowable(() -> scanned(Optional.of(then), Filter.ALL)))
                .isInstanceOf(VersionGoneException.class)
                .hasMessageContaining("Version " + then + " cannot be read any more.");
    }

    @Test
    void pagesOfEventsPutTogetherAreDuckDbsOrderWhateverIsCommittedMeanwhile() throws Exception {
        commits(6);
        for (int i = 0; i < 8; i++) {
            Filter filter = random.nextInt(3) == 0 ? Filter.ALL : filter();
            boolean pinned = random.nextBoolean();
            Optional<Long> version = pinned ? Optional.of(table.version()) : Optional.empty();
            List<List<String>> expected = table.newestFirst(table.version(), sql(filter));
            List<List<String>> rows = new ArrayList<>();
            int limit = 10 + random.nextInt(60);
            int meanwhile = 2;
            EventPage page = events(version, filter, limit, Optional.empty());
            rows.addAll(texts(page));
            while (page.next().isPresent()) {
                assertThat(page.rows()).hasSize(limit);
                if (pinned && meanwhile-- > 0) {
                    commits(1);
                }
                page = events(version, filter, limit, page.next());
                rows.addAll(texts(page));
            }
            assertThat(rows).as("%s", filter).isEqualTo(expected);
        }
    }

    @Test
    void rowsThatAreCommittedMeanwhileNeitherHideNorRepeatOthers() throws Exception {
        commits(4);
        List<List<String>> before = table.newestFirst(table.version(), "true");
        List<String> keys = new ArrayList<>();
        Optional<EventKey> next = Optional.empty();
        do {
            EventPage page = events(Optional.empty(), Filter.ALL, 20, next);
            texts(page).forEach(row -> keys.add(row.toString()));
            next = page.next();
            if (table.version() < 15) {
                table.write(5, random.nextInt());
                table.commit();
                followed.settle();
            }
        } while (next.isPresent());

        List<String> all = new ArrayList<>(keys);
        before.forEach(
                row -> assertThat(all.remove(row.toString())).as("%s", row).isTrue());
    }

    @Test
    void theFirstPageIsThatOfItsVersionAfterEveryCommit() throws Exception {
        for (int i = 0; i < 25; i++) {
            commits(1);
            int limit = 1 + random.nextInt(500);
            EventPage page = events(Optional.empty(), Filter.ALL, limit, Optional.empty());
            List<List<String>> all = table.newestFirst(table.version(), "true");

            assertThat(page.version()).isEqualTo(table.version());
            assertThat(texts(page)).isEqualTo(all.subList(0, Math.min(limit, all.size())));
            assertThat(page.next().isPresent()).isEqualTo(all.size() > limit);
        }
    }

    private EventPage events(Optional<Long> version, Filter filter, int limit, Optional<EventKey> after) {
        try (Scan scan = threads.admit(LONG)) {
            return followed.queries()
                    .events(version, filter, limit, after.map(EventKey::toText).flatMap(EventKey::parse), scan)
                    .orElseThrow();
        }
    }

    private static List<List<String>> texts(EventPage page) {
        return page.rows().stream()
                .map(row -> Arrays.asList(micros(row[0]), row[1], row[2], row[3]))
                .toList();
    }

    private static String micros(String time) {
        if (time == null) {
            return null;
        }
        Instant instant = Instant.parse(time);
        return Long.toString(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    }

    private Recount scanned(Optional<Long> version, Filter filter) {
        try (Scan scan = threads.admit(LONG)) {
            ViewState state = followed.queries()
                    .state(new StateQuery(version, filter, true), scan)
                    .orElseThrow();
            assertThat(state.version()).isEqualTo(version.orElse(table.version()));
            return counts(state, filter.withoutRange());
        }
    }

    private static Recount counts(ViewState state, Filter filter) {
        return Followed.counts(RollUp.of(state.spec(), state.cube(), state.combinations(), filter), state.distinct());
    }

    /** Ranges from before 1970 on; ends on days, on hours, on quarters of hours as rows are, and beside them. */
    private Filter filter() {
        Optional<Instant> from = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(instant());
        Optional<Instant> to = random.nextInt(3) == 0
                ? Optional.empty()
                : Optional.of(from.filter(f -> random.nextInt(3) == 0)
                        .map(f -> f.plusMillis(random.nextInt(3_600_000)))
                        .orElseGet(this::instant));
        Map<String, Set<Optional<String>>> values = new HashMap<>();
        some(values, "channel", null, "", "web", "chat", "none");
        some(values, "type", null, "view", "ünï");
        return new Filter(from, to, values);
    }

    private Instant instant() {
        long second = random.nextInt(400) * 900L - 90_000;
        return Instant.ofEpochSecond(
                switch (random.nextInt(4)) {
                    case 0 -> Math.floorDiv(second, 86_400) * 86_400;
                    case 1 -> Math.floorDiv(second, 3600) * 3600;
                    default -> second;
                },
                random.nextInt(3) == 0 ? random.nextInt(1_000_000_000) : 0);
    }

    private void some(Map<String, Set<Optional<String>>> values, String dimension, String... choices) {
        if (random.nextBoolean()) {
            Set<Optional<String>> accepted = new HashSet<>();
            for (int n = random.nextInt(3); n >= 0; n--) {
                accepted.add(Optional.ofNullable(choices[random.nextInt(choices.length)]));
            }
            values.put(dimension, accepted);
        }
    }

    private static String sql(Filter filter) {
        List<String> all = new ArrayList<>(List.of("true"));
        filter.from().ifPresent(from -> all.add("epoch_us(ts) >= " + micros(from)));
        filter.to().ifPresent(to -> all.add("epoch_us(ts) < " + micros(to)));
        filter.values()
                .forEach((dimension, accepted) -> all.add(accepted.stream()
                        .map(value -> value.map(text -> dimension + " = '" + text + "'")
                                .orElse(dimension + " IS NULL"))
                        .map(one -> "coalesce(" + one + ", false)")
                        .collect(Collectors.joining(" OR ", "(", ")"))));
        return String.join(" AND ", all);
    }

    /** The first microsecond at or after an instant. */
    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + (instant.getNano() + 999) / 1000;
    }
}
