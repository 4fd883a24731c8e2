package io.tidemark.views.verify;

import io.tidemark.ingest.log.TableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/** How the log names a data file: a URI reference, relative to the table's root or absolute. */
final class LoggedPath {
    private LoggedPath() {}

    /**
     * @return relative to the root, decoded
     * @throws TableException if it is no URI, or leads out of the table
     */
    static String decoded(Path root, String reference) {
        URI uri;
        try {
            uri = new URI(reference);
        } catch (URISyntaxException e) {
            throw new TableException(
                    "The log names a data file by '" + reference.replaceAll("\\p{C}", "\uFFFD")
                            + "', which is not a URI.",
                    e);
        }
        if (!uri.isAbsolute() && !uri.getPath().startsWith("/")) {
            return uri.getPath();
        }
        String folder = root.toUri().getPath() + "/";
        boolean inside = uri.getPath() != null
                && uri.normalize().getPath().startsWith(folder)
                && (!uri.isAbsolute() || sameStore(uri, root.toUri()));
        if (!inside) {
            throw new TableException("The log names a data file outside the table; it was not opened.");
        }
        return uri.getPath().substring(folder.length());
    }

    /** One text for all references to one file; of one that cannot be opened, whatever the log has. */
    static String comparable(Path root, String reference) {
        try {
            return decoded(root, reference);
        } catch (TableException e) {
            return reference;
        }
    }

    private static boolean sameStore(URI uri, URI root) {
        return store(uri).equals(store(root)) && Objects.equals(uri.getAuthority(), root.getAuthority());
    }

    private static String store(URI uri) {
        String scheme = String.valueOf(uri.getScheme());
        return scheme.equals("s3a") || scheme.equals("s3n") ? "s3" : scheme;
    }
}
