package io.tidemark.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.process.TidemarkProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of a state that was killed, damaged before it is opened again: never a wrong number. */
@InTheProfile
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DamagedFilesIT {

    @TempDir
    Path dir;

    /** What is done to which of RocksDB's files. */
    enum Damage {
        TABLES_FLIPPED(".sst", true) {
            @Override
            void strike(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 3] ^= 0x10;
                Files.write(file, bytes);
            }
        },
        MANIFEST_CUT("MANIFEST-", true) {
            @Override
            void strike(Path file) throws IOException {
                Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 40));
            }
        },
        CURRENT_MISSING("CURRENT", true) {
            @Override
            void strike(Path file) throws IOException {
                Files.delete(file);
            }
        },
        LOG_TAIL_CUT(".log", false) {
            @Override
            void strike(Path file) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length / 3));
            }
        };

        private final String files;
        private final boolean setAside;

        Damage(String files, boolean setAside) {
            this.files = files;
            this.setAside = setAside;
        }

        abstract void strike(Path file) throws IOException;

        void strikeAll(Path rocks) throws IOException {
            List<Path> struck;
            try (Stream<Path> all = Files.list(rocks)) {
                struck = all.filter(file -> file.getFileName().toString().contains(files))
                        .toList();
            }
            assertThat(struck).isNotEmpty();
            for (Path file : struck) {
                strike(file);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverIsDamagedTheViewsAreExactAndItIsToldWhatWasDone(Damage damage) throws Exception {
        long seed = Suffering.seed("DamagedFilesIT");
        try (Suffering run = new Suffering(dir, dir.resolve("state"), seed)) {
            for (int life = 0; life < 2; life++) {
                // The second writes into tables what the first had in its log.
                try (TidemarkProcess process = run.serve()) {
                    run.awaitCurrent(process);
                    run.change();
                    run.append(500);
                    run.awaitCurrent(process);
                    process.kill();
                }
            }
            damage.strikeAll(run.state.resolve("rocksdb"));

            try (TidemarkProcess process = run.serve()) {
                run.append(500);
                run.awaitCurrent(process);
                takeFilesBack(run);
                run.awaitCurrent(process);
                if (damage.setAside) {
                    requireTold(process, run.state);
                }
                process.stop();
            }
            assertThat(run.verify()).as("%s", damage).matches(v -> v.equal() && v.version() == run.newestVersion());
        }
    }

    /** Deletes, rewrites and compactions read what was stored of files. */
    private static void takeFilesBack(Suffering run) throws Exception {
        for (int i = 0; i < 12; i++) {
            run.change();
        }
    }

    private static void requireTold(TidemarkProcess process, Path state) throws IOException {
        JsonNode warnings = process.status().path("warnings");
        assertThat(warnings).hasSize(1);
        assertThat(warnings.get(0).asText())
                .contains("damaged")
                .contains("set aside")
                .doesNotContain(state.toString());
        assertThat(process.stderr()).anyMatch(line -> line.contains("WARN") && line.contains("counted anew"));
        assertThat(process.text("metrics").lines())
                .anyMatch(line -> line.startsWith("tidemark_state_renewals_total{") && line.endsWith(" 1.0"));
        try (Stream<Path> kept = Files.list(state)) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("rocksdb-damaged-"))
                    .hasSize(1);
        }
    }
}
