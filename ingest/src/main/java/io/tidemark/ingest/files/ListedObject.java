package io.tidemark.ingest.files;

import java.util.Objects;

/**
 * One object of a folder.
 *
 * @param name without the folder
 * @param stat as of the listing
 */
public record ListedObject(String name, ObjectStat stat) {
    public ListedObject {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(stat, "stat");
    }
}
