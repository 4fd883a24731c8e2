package io.tidemark.views.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.DataFile;
import io.tidemark.ingest.log.DeltaTableLog;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.DeltaRsTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recount's own replay of the log lists what Delta Kernel lists. */
class LogReplayTest {
    @TempDir
    private Path directory;

    @Test
    void theTablesOfDeltaRsHaveTheFilesThatKernelLists() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (DeltaRsTable table : DeltaRsTable.all()) {
            List<Long> versions =
                    table.versions().stream().map(DeltaRsTable.Version::number).toList();
            assertThat(compare(table.table(), table.name(), versions, softly)).isPositive();
        }
        softly.assertAll();
    }

    @Test
    void theSharedTablesHaveTheFilesThatKernelLists() throws IOException {
        String folder = System.getProperty("tidemark.tables", "");
        assumeThat(folder).as("-Dtidemark.tables is not set: no shared tables").isNotEmpty();
        Path tables = Path.of(folder).toAbsolutePath();

        SoftAssertions softly = new SoftAssertions();
        Set<String> compared = new HashSet<>();
        for (Map.Entry<String, List<Long>> table :
                versions(tables.resolve("versions.csv")).entrySet()) {
            if (compare(tables.resolve(table.getKey()), table.getKey(), table.getValue(), softly) > 0) {
                compared.add(table.getKey());
            }
        }
        softly.assertAll();
        assertThat(compared).hasSizeGreaterThan(30).contains("golden/v2-checkpoint-json");
    }

    private static Map<String, List<Long>> versions(Path csv) throws IOException {
        Map<String, List<Long>> versions = new TreeMap<>();
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            String table = cells[0].equals("dat") ? "dat/" + cells[1] : cells[1];
            versions.computeIfAbsent(table, t -> new ArrayList<>()).add(Long.parseLong(cells[2]));
        }
        return versions;
    }

    /**
     * Compares the first, the last and some versions between.
     *
     * @return how many of them could be listed
     */
    private static int compare(Path table, String name, List<Long> versions, SoftAssertions softly) throws IOException {
        int listed = 0;
        try (TableFiles files = new LocalTableFiles(table)) {
            DeltaTableLog log = new DeltaTableLog(files);
            LogReplay replay = replay(table);
            for (int i = 0; i < versions.size(); i += Math.max(1, (versions.size() - 1) / 4)) {
                long version = versions.get(i);
                Optional<Set<DataFile>> kernel = kernel(log, version);
                String refusal = "";
                Optional<Set<DataFile>> own = Optional.empty();
                try {
                    own = Optional.of(plain(replay.at(version).files()));
                } catch (TableException e) {
                    refusal = e.getMessage();
                }
                softly.assertThat(own)
                        .as("%s at version %d (%s)", name, version, refusal)
                        .isEqualTo(kernel);
                listed += kernel.isPresent() ? 1 : 0;
            }
        }
        return listed;
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        DeltaRsTable table = table("without-zone");
        copy(table);
        Path checkpoint = log("00000000000000000004.checkpoint.parquet");
        Files.write(checkpoint, new byte[] {'P', 'A', 'R', '1', 0, 0, 0, 0, 'P', 'A', 'R', '1'});

        assertThat(replay(directory).at(5).files())
                .hasSameElementsAs(replay(table.table()).at(5).files());
    }

    @Test
    void aMissingCommitIsNamed() throws IOException {
        copy(table("appends"));
        Files.delete(log("00000000000000000003.json"));

        assertThatThrownBy(() -> replay(directory).at(5))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("commit 3");
        assertThat(replay(directory).at(2).files()).hasSize(3);
    }

    @Test
    void aVersionThatIsNotThereIsNoVersion() throws IOException {
        assertThatThrownBy(() -> replay(table("appends").table()).at(10))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("commit 10");
    }

    @Test
    void aFeatureThatNobodyKnowsIsNamed() throws IOException {
        copy(table("appends"));
        Files.writeString(
                log("00000000000000000010.json"),
                "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[\"tides\"]}}");

        assertThatThrownBy(() -> replay(directory).at(10)).hasMessageContaining("tides");
    }

    @Test
    void aLiveFileOutsideTheTableIsNotListed() throws IOException {
        copy(table("appends"));
        Files.writeString(
                log("00000000000000000010.json"),
                "{\"add\":{\"path\":\"file:///elsewhere/x.parquet\",\"partitionValues\":{},\"size\":1}}\n");

        assertThatThrownBy(() -> replay(directory).at(10)).hasMessageContaining("outside the table");

        Files.writeString(
                log("00000000000000000011.json"), "{\"remove\":{\"path\":\"file:///elsewhere/x.parquet\"}}\n");
        assertThat(replay(directory).at(11).files()).hasSize(9);
    }

    private static LogReplay replay(Path table) throws IOException {
        Configuration conf = new Configuration();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(table.toString());
        return new LogReplay(path.getFileSystem(conf).makeQualified(path), conf);
    }

    /** Empty if it cannot be listed. */
    private static Optional<Set<DataFile>> kernel(DeltaTableLog log, long version) {
        try (TableSnapshot snapshot = log.snapshot(version)) {
            List<DataFile> live = new ArrayList<>();
            for (Iterator<DataFile> each = snapshot.files(); each.hasNext(); ) {
                live.add(each.next());
            }
            return Optional.of(plain(live));
        } catch (TableException e) {
            return Optional.empty();
        }
    }

    /** Without statistics, which a recount does not read. */
    private static Set<DataFile> plain(List<DataFile> files) {
        Set<DataFile> plain = new HashSet<>();
        for (DataFile file : files) {
            DataFile without = new DataFile(
                    file.path(), file.deletionVector(), file.partitionValues(), file.size(), Optional.empty());
            assertThat(plain.add(without)).as("listed twice: %s", file.path()).isTrue();
        }
        return plain;
    }

    private static DeltaRsTable table(String name) {
        return DeltaRsTable.all().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void copy(DeltaRsTable table) throws IOException {
        Files.createDirectories(directory.resolve("_delta_log"));
        try (var files = Files.list(table.table().resolve("_delta_log"))) {
            for (Path file : files.toList()) {
                Files.copy(file, log(file.getFileName().toString()));
            }
        }
    }

    private Path log(String name) {
        return directory.resolve("_delta_log").resolve(name);
    }
}
