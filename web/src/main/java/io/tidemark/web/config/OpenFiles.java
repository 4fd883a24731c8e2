package io.tidemark.web.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many connections this process can have. */
final class OpenFiles {
    private static final int MOST_CONNECTIONS = 25_000;
    private static final int LEAST_CONNECTIONS = 64;

    // The JVM's management beans know it, too, and take a tenth of a start to load.
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d{1,18})\\s");

    private OpenFiles() {}

    /** As many as are usually enough; where the system allows this process fewer open files, three quarters of those. */
    static int connections() {
        return connections(limit());
    }

    static int connections(OptionalLong limit) {
        long bearable = limit.orElse(Long.MAX_VALUE) / 4 * 3;
        return (int) Math.max(LEAST_CONNECTIONS, Math.min(MOST_CONNECTIONS, bearable));
    }

    private static OptionalLong limit() {
        try {
            return limit(Files.readString(LIMITS));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Of a text as Linux has it; empty if there is no limit. */
    static OptionalLong limit(String limits) {
        Matcher matcher = LIMIT.matcher(limits);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
