package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.ingest.log.FileId;
import io.tidemark.ingest.tail.Position;
import io.tidemark.views.Seed;
import io.tidemark.views.cube.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledStoreIT {
    static final long WRITE_AHEAD_BYTES = 2000;

    @TempDir
    Path directory;

    @Test
    void afterEveryKillTheStateIsExactAndNoOlderThanWhatWasShown() throws Exception {
        Random random = Seed.random("KilledStoreIT");
        long seen = 0;
        for (int round = 0; round < 8; round++) {
            seen = Math.max(seen, killAfter(1 + random.nextInt(60)));
            try (ViewStore store = TestStores.open(directory, WRITE_AHEAD_BYTES)) {
                ViewState state = store.state().orElseThrow();
                assertThat(state.version()).isGreaterThanOrEqualTo(seen);
                modelAt(state.version()).check(state);
            }
        }
    }

    /** Kills a process that goes on stepping, once it has shown so many versions. */
    private long killAfter(int versions) throws IOException, InterruptedException {
        Process process = stepper(directory);
        long last = 0;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = "";
            for (int i = 0; i < versions && line != null; i++) {
                line = said.readLine();
                assertThat(line).as("what the process says").matches("\\d+");
                last = Long.parseLong(line);
            }
            process.toHandle().destroyForcibly(); // unlike destroyForcibly of the process, it leaves the stream open
            // What it had said before it died was shown, too.
            for (line = said.readLine(); line != null && line.matches("\\d+"); line = said.readLine()) {
                last = Math.max(last, Long.parseLong(line));
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return last;
    }

    /** Says each version that it has shown. */
    static Process stepper(Path state) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stepper.class.getName(),
                        state.toString()))
                .redirectErrorStream(true)
                .start();
    }

    static TableModel modelAt(long version) {
        TableModel model = new TableModel();
        for (long v = Math.max(1, version - 5); v <= version; v++) {
            for (int i = 0; i < filesOf(v); i++) {
                model.live.put(file(v, i), rows(v, i));
            }
        }
        return model;
    }

    private static int filesOf(long version) {
        return version % 7 == 0 ? 60 : 2;
    }

    private static FileId file(long version, int i) {
        return TestStores.file("v" + version + "-" + i);
    }

    private static List<Row> rows(long version, int i) {
        return TestStores.rows(new Random(version * 1000 + i), 20);
    }

    /** Steps on for ever: each version adds its files, and takes back those of six versions before. */
    static final class Stepper {
        public static void main(String[] args) {
            ViewStore store = TestStores.open(Path.of(args[0]), WRITE_AHEAD_BYTES);
            for (long v = store.position().map(Position::version).orElse(0L) + 1; ; v++) {
                try (Step step = store.begin(TestStores.METADATA)) {
                    for (int i = 0; i < filesOf(v); i++) {
                        if (!step.reuse(file(v, i))) {
                            TestStores.add(step, file(v, i), rows(v, i));
                        }
                    }
                    for (int i = 0; v > 6 && i < filesOf(v - 6); i++) {
                        step.remove(file(v - 6, i));
                    }
                    TestStores.commit(step, v);
                }
                System.out.println(v);
            }
        }
    }
}
