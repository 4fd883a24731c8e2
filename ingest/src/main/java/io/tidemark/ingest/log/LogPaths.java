package io.tidemark.ingest.log;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in the log's folder. What matches none of the patterns (checksums, temporary files, backups) is not part of the
 * log.
 *
 * @see <a href="https://github.com/delta-io/delta/blob/master/PROTOCOL.md#file-types">Delta protocol</a>
 */
final class LogPaths {
    static final String FOLDER = "_delta_log";
    static final String LAST_CHECKPOINT = FOLDER + "/_last_checkpoint";

    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint"
            + "(?:\\.parquet|\\.\\d{10}\\.\\d{10}\\.parquet|\\.[0-9A-Za-z-]{36}\\.(?:json|parquet))");

    private LogPaths() {}

    static String commit(long version) {
        return FOLDER + "/" + prefix(version) + ".json";
    }

    /** How the names of everything that belongs to a version begin. */
    static String prefix(long version) {
        return String.format("%020d", version);
    }

    /** Empty if the name is not that of a commit. */
    static OptionalLong commitVersion(String name) {
        return version(COMMIT.matcher(name));
    }

    /** Empty if the name is not that of a checkpoint or a part of one. */
    static OptionalLong checkpointVersion(String name) {
        return version(CHECKPOINT.matcher(name));
    }

    private static OptionalLong version(Matcher name) {
        if (!name.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(name.group(1)));
        } catch (NumberFormatException e) {
            // Twenty digits can say more than a version can be.
            return OptionalLong.empty();
        }
    }
}
