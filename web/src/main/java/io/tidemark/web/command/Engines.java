package io.tidemark.web.command;

import io.tidemark.ingest.files.BlockCache;
import io.tidemark.ingest.files.CachedFiles;
import io.tidemark.ingest.files.TableFiles;
import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.LiveTable;
import io.tidemark.web.server.TidemarkServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows the tables that a service serves. */
interface Engines extends AutoCloseable {
    long HEAP_OF_A_SCAN = 128L << 20;
    int MOST_REMOTE_SCANS = 16;

    /** Those that are followed now; at least one at the start. */
    List<? extends LiveTable> tables();

    /** Says where other instances reach this one, as {@code host:port}; before the start. */
    default void reachedAt(String hostAndPort) {}

    /**
     * Begins to follow.
     *
     * @param server is given the tables that come later, and asked to let go of those that are removed
     */
    void start(TidemarkServer server);

    @Override
    void close();

    /** The files of a table as queries read them: those of an object store from the cache, if there is one. */
    static TableFiles cached(TableFiles files, Optional<BlockCache> cache) {
        return cache.filter(kept -> files.storeRequests().isPresent())
                .<TableFiles>map(kept -> new CachedFiles(files, kept))
                .orElse(files);
    }

    /** One for each processor; more where they wait for a store most of the time, as far as there is memory for what they hold. */
    private static int scanThreads(boolean objectStore) {
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors());
        long bearable = Runtime.getRuntime().maxMemory() / HEAP_OF_A_SCAN;
        return objectStore ? (int) Math.max(processors, Math.min(MOST_REMOTE_SCANS, bearable)) : processors;
    }

    /** Each table within this process. */
    static Engines embedded(ServeConfig config, Optional<BlockCache> cache) {
        List<EmbeddedEngine> engines = new ArrayList<>();
        Engines all = new Engines() {
            @Override
            public List<EmbeddedEngine> tables() {
                return engines;
            }

            @Override
            public void start(TidemarkServer server) {
                engines.forEach(engine ->
                        engine.start(scanThreads(engine.storeRequests().isPresent()), config.pollInterval()));
            }

            @Override
            public void close() {
                engines.forEach(EmbeddedEngine::close);
            }
        };
        try {
            for (TableAddress table : config.tables()) {
                TableFiles files = Tables.open(table.uri(), config.storage());
                engines.add(EmbeddedEngine.open(
                        table.name(), files, cached(files, cache), config.stateDirOf(table), config.spec()));
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }
}
