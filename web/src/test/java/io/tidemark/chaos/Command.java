package io.tidemark.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of the system. */
final class Command {
    private Command() {}

    /** Empty if it did what it should; else what it said. */
    static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = text(process);
            int code = process.waitFor();
            return code == 0 ? "" : said.isEmpty() ? "exit code " + code : said;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What it prints. */
    static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(List.of(command)).start();
        String said = text(process);
        process.waitFor();
        return said;
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
