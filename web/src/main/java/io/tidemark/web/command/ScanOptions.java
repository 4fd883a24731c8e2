package io.tidemark.web.command;

import io.tidemark.web.config.CacheSettings;
import io.tidemark.web.config.ConfigException;
import io.tidemark.web.config.Durations;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.config.Sizes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What scans for clients may use up. */
final class ScanOptions {
    private static final int MOST = 1000;

    @Option(
            names = "--scan-threads",
            paramLabel = "NUMBER",
            description = "Threads that read files for queries; by default as many as there are processors.")
    private Integer threads;

    @Option(
            names = "--scan-limit",
            paramLabel = "NUMBER",
            defaultValue = "32",
            description = "Queries that may read files at once; one more is answered with 429.")
    private int limit;

    @Option(
            names = "--scan-deadline",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "A query that reads files for longer is answered with 504.")
    private String deadline;

    @Option(
            names = "--export-limit",
            paramLabel = "NUMBER",
            description =
                    "Exports that may run at once, about 64 MB of heap each; one more is answered with 429. By default as many"
                            + " as fit into half of the heap, from 2 to 32.")
    private Integer exports;

    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where data files of an object store are kept for the next query; by default they are not.")
    private Path cacheDir;

    @Option(
            names = "--cache-size",
            paramLabel = "SIZE",
            defaultValue = "10GB",
            description = "What --cache-dir may hold; what was not used for longest goes first.")
    private String cacheSize;

    Optional<CacheSettings> cache() {
        long bytes = Sizes.parse("--cache-size", cacheSize);
        return Optional.ofNullable(cacheDir).map(dir -> new CacheSettings(dir, bytes));
    }

    ScanSettings settings() {
        return new ScanSettings(
                threads == null ? ScanSettings.DEFAULT.threads() : checked("--scan-threads", threads),
                checked("--scan-limit", limit),
                Durations.parse("--scan-deadline", deadline),
                exports == null ? OptionalInt.empty() : OptionalInt.of(checked("--export-limit", exports)));
    }

    private static int checked(String option, int number) {
        if (number < 1 || number > MOST) {
            throw new ConfigException(option + ": " + number + " is not a number from 1 to " + MOST + ".");
        }
        return number;
    }
}
