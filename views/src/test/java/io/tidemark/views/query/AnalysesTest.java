package io.tidemark.views.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.ingest.log.Column;
import io.tidemark.ingest.log.ColumnMismatchException;
import io.tidemark.ingest.log.ColumnType;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.scan.RowBatch;
import io.tidemark.views.Seed;
import io.tidemark.views.analysis.CohortQuery;
import io.tidemark.views.analysis.CohortTable;
import io.tidemark.views.analysis.CohortTally;
import io.tidemark.views.analysis.CohortUnit;
import io.tidemark.views.analysis.FunnelQuery;
import io.tidemark.views.analysis.FunnelTally;
import io.tidemark.views.cube.CubeSpec;
import io.tidemark.views.cube.Dimension;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.query.RowScannerOfLists.Row;
import io.tidemark.views.store.LiveFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AnalysesTest {
    private static final CubeSpec SPEC =
            new CubeSpec(Optional.of("time"), List.of(new Dimension("type", "type")), Optional.of("session"));
    private static final TableMetadata METADATA = new TableMetadata(
            "t",
            "{}",
            List.of(
                    column("time", ColumnType.TIMESTAMP),
                    column("type", ColumnType.STRING),
                    column("session", ColumnType.STRING),
                    column("price", ColumnType.DOUBLE)),
            List.of(),
            Map.of(),
            false);

    private static Column column(String name, ColumnType type) {
        return new Column(name, name, OptionalInt.empty(), type, type.name());
    }

    private record Files(Map<String, List<Row>> rows) implements VersionFiles {
        @Override
        public long version() {
            return 7;
        }

        @Override
        public String epoch() {
            return "e";
        }

        @Override
        public Instant committedAt() {
            return Instant.EPOCH;
        }

        @Override
        public TableMetadata metadata() {
            return METADATA;
        }

        @Override
        public void forEach(Consumer<LiveFile> visitor) {
            rows.forEach((path, list) -> visitor.accept(new LiveFile(
                    new DataFile(path, Optional.empty(), Map.of(), 1, Optional.empty()),
                    list.size(),
                    HourBlock.NO_TIME + 1,
                    Long.MAX_VALUE,
                    true)));
        }

        @Override
        public void close() {}
    }

    private static Map<String, List<Row>> files(Random random) {
        Map<String, List<Row>> files = new TreeMap<>();
        for (int f = 0; f < 20; f++) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < random.nextInt(300); i++) {
                Map<String, String> values = new HashMap<>();
                values.put("type", new String[] {"view", "cart", "buy", "", null}[random.nextInt(5)]);
                values.put(
                        "session",
                        random.nextInt(8) == 0 ? null : random.nextInt(8) == 0 ? "" : "s" + random.nextInt(200));
                rows.add(new Row(
                        random.nextInt(9) == 0 ? RowBatch.NO_TIME : random.nextInt(1_000) * 600_000_000L, values));
            }
            files.put("f" + f, rows);
        }
        return files;
    }

    @Test
    void analysesOfFilesThatAreReadSideBySideAreThoseOfTheirRows() {
        Random random = Seed.random("AnalysesTest");
        for (int round = 0; round < 20; round++) {
            Files files = new Files(files(random));
            FunnelQuery funnel = new FunnelQuery("type", List.of("view", "cart", "", "view"), Optional.empty());
            CohortQuery cohort = new CohortQuery(CohortUnit.DAY, "session");
            Map<String, Integer> ids = new HashMap<>();
            FunnelTally funnelOfAll = new FunnelTally(funnel);
            CohortTally cohortsOfAll = new CohortTally(CohortUnit.DAY);
            long[] leftOut = new long[4];
            for (Row row : files.rows.values().stream().flatMap(List::stream).toList()) {
                int value = funnel.values().indexOf(row.values().get("type"));
                String session = row.values().get("session");
                int why = session == null || session.isEmpty() ? 0 : row.micros() == RowBatch.NO_TIME ? 1 : -1;
                if (why >= 0) {
                    leftOut[why] += value >= 0 ? 1 : 0;
                    leftOut[2 + why]++;
                    continue;
                }
                int id = ids.computeIfAbsent(session, any -> ids.size());
                cohortsOfAll.add(id, row.micros());
                if (value >= 0) {
                    funnelOfAll.add(id, row.micros(), value);
                }
            }

            try (ScanThreads threads = new ScanThreads(3, 1)) {
                Analysed<List<Long>> foundFunnel = scan(
                        threads, random, files, (analyses, scan) -> analyses.funnel(files, funnel, Filter.ALL, scan));
                Analysed<CohortTable> foundCohorts = scan(
                        threads, random, files, (analyses, scan) -> analyses.cohorts(files, cohort, Filter.ALL, scan));

                assertThat(foundFunnel)
                        .isEqualTo(new Analysed<>(
                                7,
                                "e",
                                Instant.EPOCH,
                                LongStream.of(funnelOfAll.reached()).boxed().toList(),
                                new LeftOut(leftOut[0], leftOut[1])));
                assertThat(foundCohorts.found().counts())
                        .isDeepEqualTo(cohortsOfAll.table().counts());
                assertThat(foundCohorts.leftOut()).isEqualTo(new LeftOut(leftOut[2], leftOut[3]));
                assertThat(threads.heap().held()).isZero();
            }
        }
    }

    @Test
    void whatDoesNotFitInTheHeapOfScansIsRefusedAndHoldsNothing() {
        Random random = Seed.random("AnalysesTest");
        Files files = new Files(files(random));
        CohortQuery cohort = new CohortQuery(CohortUnit.DAY, "session");
        try (ScanThreads threads = new ScanThreads(3, 1);
                ScanHeap.Holding others = threads.heap().new Holding()) {
            long taken = Runtime.getRuntime().maxMemory() / 8 - 10_000;
            others.is(taken);

            assertThatThrownBy(() -> scan(
                            threads,
                            random,
                            files,
                            (analyses, scan) -> analyses.cohorts(files, cohort, Filter.ALL, scan)))
                    .isInstanceOf(ScanTooLargeException.class);
            assertThat(threads.heap().held()).isEqualTo(taken);
        }
    }

    @Test
    void aColumnThatHoldsNoIdsIsRefusedByName() {
        Files files = new Files(Map.of());
        try (ScanThreads threads = new ScanThreads(1, 1)) {
            for (String of : List.of("price", "colour")) {
                assertThatThrownBy(() -> scan(
                                threads,
                                new Random(),
                                files,
                                (analyses, scan) ->
                                        analyses.cohorts(files, new CohortQuery(CohortUnit.DAY, of), Filter.ALL, scan)))
                        .isInstanceOf(ColumnMismatchException.class)
                        .hasMessageContaining("'" + of + "'");
            }
        }
    }

    private interface Analysis<T> {
        T of(Analyses analyses, Scan scan);
    }

    private static <T> T scan(ScanThreads threads, Random random, Files files, Analysis<T> analysis) {
        Analyses analyses =
                new Analyses(SPEC, new FilterColumns(SPEC), new RowScannerOfLists(files.rows, random.nextLong()));
        try (Scan scan = threads.admit(Duration.ofMinutes(1))) {
            return analysis.of(analyses, scan);
        }
    }
}
