package io.tidemark.views.store;

import io.tidemark.views.cube.ChangedGroups;
import java.time.Instant;
import java.util.Optional;

/**
 * What one step of the store did to the views. Rows are those of the files that came and went, so that a file which is
 * written anew counts on both sides; {@code events} is the difference.
 *
 * @param from first version that is in the step
 * @param to last version that is in the step
 * @param filesAdded files that were counted
 * @param filesRemoved files that were taken back
 * @param events by how many rows the table grew; negative if it shrank
 * @param distinct by how many distinct values it grew
 * @param groups empty if so much changed that it was not looked at
 */
public record StepEffect(
        Kind kind,
        long from,
        long to,
        Instant appliedAt,
        long filesAdded,
        long filesRemoved,
        long bytesAdded,
        long bytesRemoved,
        long rowsAdded,
        long rowsRemoved,
        long events,
        long distinct,
        Optional<ChangedGroups> groups) {

    /** How the versions of a step were taken up. */
    public enum Kind {
        /** One commit by itself. */
        COMMIT,
        /** Several commits at once: files that come and go again within them were not read. */
        GROUP,
        /** The whole table was compared with what was live: of the commits before, none was read. */
        SNAPSHOT
    }
}
