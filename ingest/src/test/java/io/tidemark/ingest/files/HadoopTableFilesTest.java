package io.tidemark.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any Hadoop file system; here Hadoop's own of the local disk. */
class HadoopTableFilesTest {
    @TempDir
    Path folder;

    private HadoopTableFiles files;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createDirectories(folder.resolve("a table/p=2020-01-01 00:00:00"));
        Files.writeString(folder.resolve("a table/p=2020-01-01 00:00:00/b#%20+é"), "0123456789");
        files = new HadoopTableFiles(
                new LocalTableFiles(folder.resolve("a table")).root(), ObjectStoreSettings.configuration(Map.of()));
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void aFileIsReadWholeOrInParts() throws IOException {
        String path = "p=2020-01-01 00:00:00/b#%20+é";

        assertThat(files.read(path, 10).orElseThrow().bytes()).hasSize(10);
        assertThat(files.stat(path).orElseThrow().publishedWhole()).isFalse();
        assertThatThrownBy(() -> files.read(path, 9))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9 bytes");
        for (long size : new long[] {-1, 10}) {
            try (RandomAccess file = files.open(path, size)) {
                byte[] target = new byte[4];
                file.read(3, target, 0, 4);
                assertThat(target).containsExactly('3', '4', '5', '6');
                assertThat(file.size()).isEqualTo(10);
                assertThatThrownBy(() -> file.read(8, target, 0, 4)).isInstanceOf(java.io.EOFException.class);
            }
        }
        assertThat(files.list("p=2020-01-01 00:00:00", "")).containsExactly("b#%20+é");
        assertThat(files.listObjects("p=2020-01-01 00:00:00", "c")).isEmpty();
    }

    @Test
    void whatIsNotThereIsSaidToBeAbsent() throws IOException {
        assertThat(files.read("x", 10)).isEmpty();
        assertThat(files.stat("x")).isEmpty();
        assertThat(files.stat("p=2020-01-01 00:00:00")).isEmpty();
        assertThat(files.list("x", "")).isEmpty();
        assertThatThrownBy(() -> files.open("x", -1)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void aPathThatLeavesTheTableIsRefused() {
        for (String path : new String[] {"../secret", "/etc/passwd", "file:/etc/passwd", "a/../../secret"}) {
            assertThatThrownBy(() -> files.read(path, 10)).isInstanceOf(PathOutsideTableException.class);
            assertThatThrownBy(() -> files.open(path, 10)).isInstanceOf(PathOutsideTableException.class);
        }
    }
}
