package io.tidemark.views.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.views.Seed;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStateTest {

    @TempDir
    Path directory;

    private final Random random = Seed.random("DamagedStateTest");
    private final Map<Long, TableModel> models = new TreeMap<>();
    private Path whole;

    @BeforeEach
    void makeAState() {
        whole = directory.resolve("whole");
        TableModel model = new TableModel();
        for (long version = 1; version <= 30; version++) {
            // Opening anew writes what is in the log so far into tables.
            try (ViewStore store = TestStores.open(whole);
                    Step step = store.begin(TestStores.METADATA)) {
                model = model.copy();
                var rows = TestStores.rows(random, 200);
                TestStores.add(step, TestStores.file("f" + version), rows);
                model.live.put(TestStores.file("f" + version), rows);
                TestStores.commit(step, version);
                models.put(version, model);
            }
        }
    }

    @Test
    void whateverIsDamagedTheStateIsRefusedOrIsExactlyOneThatWas() throws IOException {
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            Path copy = copy("copy" + i);
            String what = damage(copy);
            try (ViewStore store = TestStores.open(copy)) {
                store.state().ifPresent(state -> models.get(state.version()).check(state));
                checkFiles(store);
                takeEverythingBack(store);
            } catch (StateException e) {
                assertThat(e).as(what).hasMessageContaining("damaged").hasMessageContaining("--state-dir");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    private void checkFiles(ViewStore store) {
        store.pin().ifPresent(pinned -> {
            try (pinned) {
                models.get(pinned.state().version()).checkFiles(pinned);
            }
        });
    }

    /** Reads every entry of the ledger and every count of a distinct value. */
    private static void takeEverythingBack(ViewStore store) {
        try (Step step = store.begin(TestStores.METADATA)) {
            step.removeAllExcept(new FileIdSet());
            new TableModel().check(TestStores.commit(step, 31).state());
        }
    }

    @Test
    void aDamagedStateIsSetAsideAndAnEmptyOneTakesItsPlace() throws IOException {
        for (int round = 0; round < 2; round++) {
            Files.delete(whole.resolve("rocksdb/CURRENT"));
            List<String> told = new ArrayList<>();

            try (ViewStore store = ViewStore.openOrStartAnew(whole, TestStores.SPEC, TestStores.TABLE, told::add)) {
                assertThat(store.state()).isEmpty();
            }
            assertThat(told).singleElement().asString().contains("damaged");
            try (Stream<Path> kept = Files.list(whole)) {
                assertThat(kept.filter(path -> path.getFileName().toString().startsWith(SetAside.PREFIX)))
                        .singleElement()
                        .satisfies(aside -> assertThat(aside).isNotEmptyDirectory());
            }
        }
    }

    @Test
    void aStateOfAnotherTableIsNotSetAside() throws IOException {
        assertThatThrownBy(() -> ViewStore.openOrStartAnew(whole, TestStores.SPEC, "file:///another", why -> {}))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("another");
        try (Stream<Path> kept = Files.list(whole)) {
            assertThat(kept.map(path -> path.getFileName().toString())).containsExactly("rocksdb");
        }
    }

    @Test
    void withoutTheFileThatNamesTheOthersItIsRefusedAndNothingIsDeleted() throws IOException {
        Files.delete(whole.resolve("rocksdb/CURRENT"));
        List<Path> before = files(whole);

        assertThatThrownBy(() -> TestStores.open(whole))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("--state-dir");
        assertThat(files(whole)).isEqualTo(before);
    }

    private String damage(Path copy) throws IOException {
        List<Path> files = files(copy).stream()
                .filter(file -> !file.getFileName().toString().startsWith("LOG"))
                .toList();
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = Files.readAllBytes(file);
        int kind = random.nextInt(6);
        if (bytes.length == 0 || kind == 0) {
            Files.delete(file);
            return file + " deleted";
        }
        int at = random.nextInt(bytes.length);
        if (kind == 1) {
            Files.write(file, Arrays.copyOf(bytes, at));
            return file + " cut to " + at;
        }
        bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
        Files.write(file, bytes);
        return file + " changed at " + at;
    }

    private Path copy(String name) throws IOException {
        Path copy = directory.resolve(name);
        for (Path file : files(whole)) {
            Path target = copy.resolve(whole.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        return copy;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
