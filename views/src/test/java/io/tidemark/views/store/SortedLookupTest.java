package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.views.Seed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking up in order brings what looking up one by one does, whether the next key is near, far or not there. */
class SortedLookupTest {
    @TempDir
    Path directory;

    private final Random random = Seed.random("SortedLookupTest");

    @Test
    void keysInTheirOrderBringTheSameValuesAsEachByItself() {
        try (ViewStore store = TestStores.open(directory)) {
            Database database = store.database();
            try (Batch batch = new Batch(database)) {
                for (int i = 0; i < 5_000; i++) {
                    batch.put(Family.DISTINCT, key(random.nextInt(20_000)), key(i));
                }
                database.write(batch);
            }
            for (int asked : new int[] {0, 1, 20, 3_000, 20_000}) {
                TreeSet<Integer> wanted = new TreeSet<>();
                for (int i = 0; i < asked; i++) {
                    wanted.add(random.nextInt(25_000));
                }
                try (SortedLookup lookup = database.lookup(Family.DISTINCT)) {
                    for (int number : wanted) {
                        assertThat(lookup.get(key(number)))
                                .as("key %s of %s", number, asked)
                                .isEqualTo(database.get(Family.DISTINCT, key(number)));
                    }
                }
            }
        }
    }

    @Test
    void whatIsWrittenMeanwhileIsNotSeen() {
        try (ViewStore store = TestStores.open(directory)) {
            Database database = store.database();
            put(database, 1, 1);
            put(database, 3, 3);
            try (SortedLookup lookup = database.lookup(Family.DISTINCT)) {
                put(database, 2, 2);
                put(database, 3, 4);
                assertThat(lookup.get(key(2))).isNull();
                assertThat(lookup.get(key(3))).isEqualTo(key(3));
                assertThat(lookup.get(key(9))).isNull();
            }
        }
    }

    private static void put(Database database, int key, int value) {
        try (Batch batch = new Batch(database)) {
            batch.put(Family.DISTINCT, key(key), key(value));
            database.write(batch);
        }
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(12).putInt(number).array();
    }
}
