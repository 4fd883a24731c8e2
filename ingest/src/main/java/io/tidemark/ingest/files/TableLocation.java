package io.tidemark.ingest.files;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a table is.
 *
 * @param uri absolute, without a slash at its end, credentials or query: as users may see it; {@code s3://} where it was given as
 *     {@code s3a://}
 */
public record TableLocation(URI uri) {
    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    /** Here the text before the {@code @} names a container, and is no secret. */
    private static final Set<String> CONTAINER_AT_ACCOUNT = Set.of("abfs", "abfss", "wasb", "wasbs");

    private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");

    public TableLocation {
        Objects.requireNonNull(uri, "uri");
    }

    /**
     * Reads what users write: a path, relative to the working directory or absolute, or a URI of any scheme that Hadoop
     * knows.
     *
     * @throws IllegalArgumentException if it is neither; the message is for users
     */
    public static TableLocation parse(String table) {
        String text = table.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The table is empty. Example: s3://bucket/path/to/table");
        }
        if (!WITH_SCHEME.matcher(text).matches()) {
            return local(text);
        }
        String scheme = text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
        String rest = text.substring(text.indexOf(':') + 1);
        String authority = "";
        if (rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            authority = rest.substring(2, end < 0 ? rest.length() : end);
            rest = end < 0 ? "" : rest.substring(end);
        }
        String path = pathOf(rest);
        if (scheme.equals("file")) {
            if (!authority.isEmpty() && !authority.equals("localhost")) {
                throw new IllegalArgumentException("A file URI names no host. Example: file:///data/events");
            }
            return local(path);
        }
        return remote(scheme, authority, path);
    }

    private static TableLocation local(String path) {
        try {
            return new TableLocation(new LocalTableFiles(Path.of(path)).root());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("Not a path that this machine can have: " + FileReference.quoted(path));
        }
    }

    private static TableLocation remote(String scheme, String authority, String path) {
        // One name for one table, whatever the client's library calls it.
        String store = S3.contains(scheme) ? "s3" : scheme;
        int at = CONTAINER_AT_ACCOUNT.contains(scheme) ? -1 : authority.lastIndexOf('@');
        String host = authority.substring(at + 1);
        if (host.isEmpty() && !scheme.equals("hdfs")) {
            throw new IllegalArgumentException("The table names no bucket. Example: " + scheme + "://bucket/path");
        }
        String trimmed = path.replaceAll("/+$", "");
        try {
            return new TableLocation(new URI(store, host.isEmpty() ? null : host, trimmed, null, null));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not a usable table URI. Example: " + scheme + "://bucket/path");
        }
    }

    /** As a URI's path if it is one, without query; else as it stands, for those who write spaces and percent signs. */
    private static String pathOf(String rest) {
        try {
            String path = new URI(rest).getPath();
            return path == null ? rest : path;
        } catch (URISyntaxException e) {
            return rest;
        }
    }

    public boolean isLocal() {
        return "file".equals(uri.getScheme());
    }

    /**
     * Opens the table's files. Whether there is a table is not asked.
     *
     * @param environment for object stores: {@link ObjectStoreSettings}
     * @throws IllegalArgumentException if the environment contradicts itself
     * @throws IOException if there is no such file system, or it cannot be reached
     */
    public TableFiles open(Map<String, String> environment) throws IOException {
        return open(environment, StoreLimits.DEFAULT);
    }

    /** As {@link #open(Map)}, with limits of one's own for S3. */
    public TableFiles open(Map<String, String> environment, StoreLimits limits) throws IOException {
        if (isLocal()) {
            return new LocalTableFiles(Path.of(uri.getPath()));
        }
        Configuration hadoop = ObjectStoreSettings.configuration(environment);
        return uri.getScheme().equals("s3") ? new S3TableFiles(uri, hadoop, limits) : new HadoopTableFiles(uri, hadoop);
    }

    /** {@link #parse} and {@link #open(Map)} in one. */
    public static TableFiles open(String table, Map<String, String> environment) throws IOException {
        return parse(table).open(environment);
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
