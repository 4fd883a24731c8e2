package io.tidemark.web.command;

import io.tidemark.web.config.ServeConfig;
import io.tidemark.web.config.TableAddress;
import io.tidemark.web.engine.EmbeddedEngine;
import io.tidemark.web.engine.LiveTable;
import java.util.ArrayList;
import java.util.List;

/** What follows the tables that a service serves. */
interface Engines extends AutoCloseable {

    /** At least one. */
    List<? extends LiveTable> tables();

    /** Begins to follow. */
    void start();

    @Override
    void close();

    /** Each table within this process. */
    static Engines embedded(ServeConfig config) {
        List<EmbeddedEngine> engines = new ArrayList<>();
        Engines all = new Engines() {
            @Override
            public List<EmbeddedEngine> tables() {
                return engines;
            }

            @Override
            public void start() {
                int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
                engines.forEach(engine -> engine.start(threads, config.pollInterval()));
            }

            @Override
            public void close() {
                engines.forEach(EmbeddedEngine::close);
            }
        };
        try {
            for (TableAddress table : config.tables()) {
                engines.add(EmbeddedEngine.open(
                        table.name(),
                        Tables.open(table.uri(), config.storage()),
                        config.stateDirOf(table),
                        config.spec()));
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }
}
