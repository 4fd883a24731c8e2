package io.tidemark.web.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where data files of object stores are kept for the next scan.
 *
 * @param bytes that it may take
 */
public record CacheSettings(Path dir, long bytes) {
    public CacheSettings {
        Objects.requireNonNull(dir, "dir");
        if (bytes < 1) {
            throw new IllegalArgumentException("no room: " + bytes);
        }
    }
}
