package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateInUseIT {

    @TempDir
    Path directory;

    @Test
    void aSecondProcessIsToldThatTheDirectoryIsInUseAndTheFirstGoesOn() throws Exception {
        try (ViewStore store = TestStores.open(directory)) {
            TestStores.commit(store.begin(TestStores.METADATA), 1);
            assertThat(secondProcess()).contains("is in use by another Tidemark process");
            TestStores.commit(store.begin(TestStores.METADATA), 2);
        }
        assertThat(secondProcess()).contains("opened at 2");
    }

    private String secondProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Opens a state directory and says what happened. */
    static final class Opener {
        public static void main(String[] args) {
            try (ViewStore store = TestStores.open(Path.of(args[0]))) {
                System.out.println("opened at " + store.position().orElseThrow().version());
            } catch (StateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
