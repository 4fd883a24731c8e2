package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a disk holds after a power cut, as far as it can be made without one: the files of a process that stands still, and of the
 * write-ahead log, which is not synced, the beginning alone. Tables and the list of them are synced before anything relies on them.
 */
class PowerLossIT {
    private static final int LIVES = 3;
    private static final int CUTS = 6;

    @TempDir
    Path directory;

    private final Random random = Seed.random("PowerLossIT");

    @Test
    void whateverOfTheLogIsLostTheStateIsOneThatWasAndExact() throws Exception {
        Path state = directory.resolve("state");
        int behind = 0;
        for (int life = 0; life < LIVES; life++) {
            Process process = KilledStoreIT.stepper(state);
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int cut = 0; cut < CUTS; cut++) {
                    long last = 0;
                    for (int i = 5 + random.nextInt(60); i > 0; i--) {
                        last = Long.parseLong(said.readLine());
                    }
                    Path copy = directory.resolve("copy-" + life + "-" + cut);
                    signal(process, "STOP");
                    copy(state.resolve("rocksdb"), copy.resolve("rocksdb"));
                    signal(process, "CONT");
                    loseOfTheLog(copy.resolve("rocksdb"));
                    long found = exactVersionOf(copy);
                    behind += found < last ? 1 : 0;
                }
            } finally {
                process.destroyForcibly();
                process.waitFor();
            }
        }
        assertThat(behind).as("states that had lost something").isPositive();
    }

    private static long exactVersionOf(Path copy) {
        try (ViewStore store = TestStores.open(copy, KilledStoreIT.WRITE_AHEAD_BYTES)) {
            if (store.state().isEmpty()) {
                return -1;
            }
            ViewState state = store.state().get();
            KilledStoreIT.modelAt(state.version()).check(state);
            // Reads all of the ledger, and every count of a distinct value.
            try (Step step = store.begin(TestStores.METADATA)) {
                step.removeAllExcept(new FileIdSet());
                new TableModel()
                        .check(TestStores.commit(step, state.version() + 1).state());
            }
            return state.version();
        }
    }

    /** The newest log ends anywhere; sometimes an older one does, and what came after it never was. */
    private void loseOfTheLog(Path rocks) throws IOException {
        List<Path> logs;
        try (Stream<Path> files = Files.list(rocks)) {
            logs = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
        int cut = random.nextInt(4) == 0 ? random.nextInt(logs.size()) : logs.size() - 1;
        for (int i = cut + 1; i < logs.size(); i++) {
            Files.delete(logs.get(i));
        }
        byte[] bytes = Files.readAllBytes(logs.get(cut));
        Files.write(logs.get(cut), Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void signal(Process process, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }
}
