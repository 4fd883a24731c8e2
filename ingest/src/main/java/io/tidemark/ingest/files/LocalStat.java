package io.tidemark.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * Attributes of a local file, read in one go and without following a link.
 *
 * @param changed time of the last change of the inode; where the platform has none, the same as {@code modified}
 */
record LocalStat(boolean regular, long size, Instant modified, Instant changed) {

    private static final String UNIX = "unix:isRegularFile,size,lastModifiedTime,ctime";
    private static volatile boolean unix = true;

    static LocalStat of(Path file) throws IOException {
        if (unix) {
            try {
                Map<String, Object> found = Files.readAttributes(file, UNIX, LinkOption.NOFOLLOW_LINKS);
                return new LocalStat(
                        (Boolean) found.get("isRegularFile"),
                        (Long) found.get("size"),
                        ((FileTime) found.get("lastModifiedTime")).toInstant(),
                        ((FileTime) found.get("ctime")).toInstant());
            } catch (UnsupportedOperationException e) {
                unix = false;
            }
        }
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant modified = found.lastModifiedTime().toInstant();
        return new LocalStat(found.isRegularFile(), found.size(), modified, modified);
    }

    /**
     * Whether something was done to the file after its last write: a write sets both times alike, a rename or a new link
     * sets only the second. So the file was finished under another name.
     */
    boolean movedAfterLastWrite() {
        return changed.isAfter(modified);
    }

    ObjectStat toObjectStat() {
        return new ObjectStat(size, modified, movedAfterLastWrite());
    }
}
