package io.tidemark.web.server;

import io.tidemark.ingest.files.LocalTableFiles;
import io.tidemark.web.config.ScanSettings;
import io.tidemark.web.engine.EmbeddedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** A table that a test writes, followed and served as in earnest. */
final class ServedFork implements AutoCloseable {
    final ForkedTable table;
    final EmbeddedEngine engine;
    final Served served;

    ServedFork(Path directory, Random random, ScanSettings scans) throws Exception {
        table = new ForkedTable(directory.resolve("table"), random);
        engine = EmbeddedEngine.open(
                "events", new LocalTableFiles(table.root()), directory.resolve("state"), FakeTable.SPEC);
        served = new Served(scans, engine);
        engine.start(2, Duration.ofMillis(20));
    }

    /** Waits until what was committed is served. */
    void settle() throws Exception {
        Eventually.holds(
                "version " + table.version() + " is served",
                () -> engine.state()
                        .filter(state -> state.version() == table.version())
                        .isPresent());
    }

    @Override
    public void close() throws Exception {
        served.close();
        engine.close();
        table.close();
    }
}
