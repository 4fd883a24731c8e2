package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import io.tidemark.views.cube.Filter;
import io.tidemark.views.cube.RollUp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldStateTest {
    private static final int STEPS = 400;

    @TempDir
    Path directory;

    @Test
    void whatAReaderHoldsIsExactForItsVersionWhileTheWriterGoesOn() throws Exception {
        Random random = Seed.random("HeldStateTest");
        Map<Long, TableModel> models = new ConcurrentHashMap<>();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try (ViewStore store = TestStores.open(directory)) {
            List<Future<Integer>> checks = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                checks.add(readers.submit(reader(store, models, done)));
            }
            try {
                write(store, models, random);
            } finally {
                done.set(true);
            }
            for (Future<Integer> check : checks) {
                assertThat(check.get(60, TimeUnit.SECONDS)).isPositive();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    private static void write(ViewStore store, Map<Long, TableModel> models, Random random) {
        TableModel model = new TableModel();
        for (long version = 1; version <= STEPS; version++) {
            model = model.copy();
            try (Step step = store.begin(TestStores.METADATA)) {
                if (version % 3 == 0) {
                    var oldest = model.live.keySet().iterator().next();
                    step.remove(oldest);
                    model.live.remove(oldest);
                }
                var rows = TestStores.rows(random, 30);
                TestStores.add(step, TestStores.file("f" + version), rows);
                model.live.put(TestStores.file("f" + version), rows);
                models.put(version, model);
                TestStores.commit(step, version);
            }
        }
    }

    private static Callable<Integer> reader(ViewStore store, Map<Long, TableModel> models, AtomicBoolean done) {
        return () -> {
            int checked = 0;
            ViewState held = null;
            boolean last;
            do {
                last = done.get();
                ViewState state = store.state().orElse(null);
                if (state != null) {
                    models.get(state.version()).check(state);
                    RollUp all = RollUp.of(state.spec(), state.cube(), state.combinations(), Filter.ALL);
                    assertThat(all.rows())
                            .isEqualTo(models.get(state.version()).rows().size());
                    held = held == null ? state : held;
                    models.get(held.version()).check(held);
                    assertThat(store.bytes()).isPositive();
                    checked++;
                }
            } while (!last);
            return checked;
        };
    }
}
