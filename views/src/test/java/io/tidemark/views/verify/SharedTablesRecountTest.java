package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.ingest.log.TableException;
import io.tidemark.views.cube.CubeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Tables that others wrote: as many rows as an independent replay of the log found. */
class SharedTablesRecountTest {
    private static final CubeSpec TOTALS_ONLY = new CubeSpec(Optional.empty(), List.of(), Optional.empty());

    @Test
    void everyTableHasItsRows() throws IOException {
        String folder = System.getProperty("tidemark.tables", "");
        assumeThat(folder).as("-Dtidemark.tables is not set: no shared tables").isNotEmpty();
        Path tables = Path.of(folder).toAbsolutePath();

        SoftAssertions softly = new SoftAssertions();
        List<String> counted = new ArrayList<>();
        for (String[] cells : firstAndLastVersions(tables.resolve("versions.csv"))) {
            Path table = table(tables, cells);
            try {
                long rows = rows(table, Long.parseLong(cells[2]));
                softly.assertThat(rows).as(cells[1] + " at version " + cells[2]).isEqualTo(Long.parseLong(cells[7]));
                counted.add(cells[1]);
            } catch (TableException e) {
                // Nobody reads it, or with a file that must not or cannot be opened.
                softly.assertThat(e)
                        .as(cells[1] + " at version " + cells[2])
                        .hasMessage("The recount asked the service's own reader.");
            }
        }
        softly.assertAll();
        assertThat(counted).hasSizeGreaterThan(55).contains("deletion_vectors/delta", "golden/v2-checkpoint-json");
    }

    /** Lines of the table of versions: each table's first and last. */
    private static List<String[]> firstAndLastVersions(Path versions) throws IOException {
        Map<String, Deque<String[]>> byTable = new LinkedHashMap<>();
        for (String line : Files.readAllLines(versions)) {
            String[] cells = line.split(",", -1);
            // A fixture of the log alone: its one data file was never there.
            if (!cells[0].equals("set") && !cells[1].contains("delete-re-add-same-file")) {
                byTable.computeIfAbsent(cells[1], table -> new ArrayDeque<>()).add(cells);
            }
        }
        List<String[]> lines = new ArrayList<>();
        byTable.values().forEach(ofTable -> {
            lines.add(ofTable.peekFirst());
            if (ofTable.size() > 1) {
                lines.add(ofTable.peekLast());
            }
        });
        return lines;
    }

    private static Path table(Path tables, String[] cells) {
        Path nested = tables.resolve(cells[0]).resolve(cells[1]);
        return Files.isDirectory(nested) ? nested : tables.resolve(cells[1]);
    }

    private static long rows(Path table, long version) throws IOException {
        NoServiceReaders none = new NoServiceReaders();
        VerifyOptions options = VerifyOptions.of(table.toString(), new Configuration(), TOTALS_ONLY, none, none);
        return new Recount(options, line -> {}).at(version).rows();
    }
}
