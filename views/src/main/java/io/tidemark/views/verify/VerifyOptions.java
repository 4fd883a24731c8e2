package io.tidemark.views.verify;

import io.tidemark.ingest.log.DeltaLog;
import io.tidemark.ingest.scan.FileScanner;
import io.tidemark.views.cube.CubeSpec;
import java.io.IOException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What to recount, and with what.
 *
 * @param root the table's root, qualified by its file system
 * @param conf knows the table's file system, and the credentials for it
 * @param spec which columns the views are over
 * @param log the service's own reader of the log, to build views anew, and for tables that no other reader can list
 * @param scanner the service's own scanner, to build views anew
 * @param threads that count
 * @param mostDifferences how many differences to name
 */
public record VerifyOptions(
        Path root,
        Configuration conf,
        CubeSpec spec,
        DeltaLog log,
        FileScanner scanner,
        int threads,
        int mostDifferences) {
    public VerifyOptions {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(conf, "conf");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(scanner, "scanner");
        if (threads < 1 || mostDifferences < 1) {
            throw new IllegalArgumentException("threads and mostDifferences must be at least 1");
        }
    }

    /**
     * A thread for each processor, and the first 20 differences.
     *
     * @param table path or URI that {@code conf} knows a file system for
     */
    public static VerifyOptions of(String table, Configuration conf, CubeSpec spec, DeltaLog log, FileScanner scanner)
            throws IOException {
        Path path = new Path(table);
        Path root = path.getFileSystem(conf).makeQualified(path);
        return new VerifyOptions(
                root, conf, spec, log, scanner, Runtime.getRuntime().availableProcessors(), 20);
    }
}
