package io.tidemark.views.stream;

import io.tidemark.ingest.files.TableFiles;
import io.tidemark.ingest.log.TableException;
import io.tidemark.ingest.scan.ParquetScanner;
import io.tidemark.ingest.scan.ScanLimits;
import io.tidemark.views.contribution.FileCounter;
import io.tidemark.views.contribution.ScanningFileCounter;
import io.tidemark.views.cube.CubeSpec;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The tables that this process reads, each opened once, whatever tasks it is given. Safe for use by many threads. */
public final class OpenTables implements AutoCloseable {
    /** Commits that are read ahead at once, of all tables together. */
    static final int READERS = 16;

    private static final long IDLE_SECONDS = 10;

    private final Opener opener;
    private final Map<String, TableFiles> files = new ConcurrentHashMap<>();
    private final Map<Counted, FileCounter> counters = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor readers;

    private record Counted(String uri, CubeSpec spec) {}

    /** Opens a table where it is said to be. */
    public interface Opener {
        /** @throws RuntimeException if the URI is not a table's place */
        TableFiles open(String uri) throws IOException;
    }

    public OpenTables(Opener opener) {
        this.opener = opener;
        AtomicInteger number = new AtomicInteger();
        readers = new ThreadPoolExecutor(
                READERS, READERS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "tidemark-log-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        readers.allowCoreThreadTimeOut(true);
    }

    /** @throws TableException if the table cannot be opened */
    TableFiles files(String uri) {
        return files.computeIfAbsent(uri, this::open);
    }

    private TableFiles open(String uri) {
        try {
            return opener.open(uri);
        } catch (IOException | IllegalArgumentException e) {
            throw new TableException(
                    "[" + uri + "] The table cannot be opened on this instance (" + e.getMessage()
                            + "). Check the URI, and the AWS_* variables of every instance.",
                    e);
        }
    }

    FileCounter counter(String uri, CubeSpec spec) {
        return counters.computeIfAbsent(
                new Counted(uri, spec),
                of -> new ScanningFileCounter(spec, new ParquetScanner(files(uri), ScanLimits.standard())));
    }

    Executor readers() {
        return readers;
    }

    @Override
    public void close() {
        readers.shutdownNow();
        files.values().forEach(TableFiles::close);
    }
}
