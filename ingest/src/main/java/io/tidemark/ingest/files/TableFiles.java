package io.tidemark.ingest.files;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every byte that is read of one table: the one door to disks and object stores.
 *
 * <p>Paths are relative to the table's root, decoded, with {@code /} between names. No method opens anything outside the
 * root: a path that would leave it (absolute, {@code ..}, a symbolic link that points out) is refused with
 * {@link PathOutsideTableException}.
 *
 * <p>Safe for use by many threads.
 */
public interface TableFiles extends AutoCloseable {

    /** The table's root as users may see it: no credentials, no query. */
    URI root();

    /**
     * Reads an object whole, in one request.
     *
     * @param maxBytes a larger object is refused with an {@link IOException} that says so
     * @return empty if nothing is stored under this path
     */
    Optional<StoredObject> read(String path, long maxBytes) throws IOException;

    /**
     * Opens a file for reads at any position.
     *
     * @param size size in bytes as the log gives it, or -1 if unknown; saves a request where it is known
     * @throws java.io.FileNotFoundException if nothing is stored under this path
     */
    RandomAccess open(String path, long size) throws IOException;

    /** What is stored under a path, without reading it; empty if nothing is. */
    Optional<ObjectStat> stat(String path) throws IOException;

    /**
     * Names (not paths) of the objects directly in a folder that sort at or after a name, in no particular order.
     *
     * @return empty if the folder does not exist
     */
    List<String> list(String folder, String startAt) throws IOException;

    /**
     * As {@link #list}, with what the store said of each object while it was listed.
     *
     * <p>Asks for each object where a store has nothing better.
     */
    default List<ListedObject> listObjects(String folder, String startAt) throws IOException {
        List<ListedObject> objects = new ArrayList<>();
        for (String name : list(folder, startAt)) {
            stat(folder.isEmpty() ? name : folder + "/" + name)
                    .ifPresent(stat -> objects.add(new ListedObject(name, stat)));
        }
        return objects;
    }

    /**
     * The path of a file that the log names: decoded exactly once, and relative to the root.
     *
     * <p>An absolute URI is fine if it lies under this table's own root.
     *
     * @param reference as the log has it: an RFC 2396 URI reference
     * @throws PathOutsideTableException if it leads out of the root, or its escapes are malformed
     */
    default String relative(String reference) throws PathOutsideTableException {
        return FileReference.relative(root(), reference);
    }

    /**
     * Calls back soon after something changed in a folder, on a thread of its own, until closed.
     *
     * <p>A hint only: calls may be late, missing or spurious. Does nothing where the store cannot watch; a folder that
     * does not exist yet is watched once it does.
     */
    AutoCloseable watch(String folder, Runnable onChange);

    /** What reading cost in requests; empty where a read is none. */
    default Optional<StoreRequests> storeRequests() {
        return Optional.empty();
    }

    @Override
    void close();
}
