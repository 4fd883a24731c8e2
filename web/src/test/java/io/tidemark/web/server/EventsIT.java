package io.tidemark.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.web.config.ScanSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a real table, as a real server gives them. */
class EventsIT {
    private static final long SEED = Long.getLong("tidemark.seed", System.nanoTime());

    @TempDir
    Path directory;

    private ServedFork fork;

    @BeforeEach
    void serve() throws Exception {
        System.out.println("EventsIT: -Dtidemark.seed=" + SEED);
        fork = new ServedFork(directory, new Random(SEED), ScanSettings.DEFAULT);
        for (int i = 0; i < 8; i++) {
            fork.table.commit();
        }
        fork.settle();
    }

    @AfterEach
    void stop() throws Exception {
        fork.close();
    }

    @Test
    void pagesPutTogetherAreAllRowsNewestFirst() throws Exception {
        List<EventRow> rows = new ArrayList<>();
        JsonObject page;
        String cursor = "";
        do {
            page = fork.served.json("/api/v1/events?limit=3" + cursor);
            page.getJsonArray("events").forEach(row -> rows.add(EventRow.of((JsonObject) row)));
            cursor = "&cursor=" + page.getString("cursor");
        } while (page.getString("cursor") != null);

        assertThat(rows).containsExactlyInAnyOrderElementsOf(fork.table.rows());
        assertThat(rows)
                .isSortedAccordingTo(Comparator.comparing(EventRow::time).reversed());
        assertThat(page.getLong("version")).isEqualTo(fork.table.version());
    }
}
