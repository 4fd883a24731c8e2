package io.tidemark.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tidemark.ingest.files.InMemoryTableFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to a commit's bytes, it is read, or refused with a reason. */
class DamagedCommitTest {
    private static final int ROUNDS = 1_000;

    @Test
    void aDamagedCommitIsReadOrRefusedButNeverAnythingElse() {
        long seed = Long.getLong("tidemark.seed", System.nanoTime());
        System.out.println("DamagedCommitTest: repeat with -Dtidemark.seed=" + seed);
        Random random = new Random(seed);
        byte[] whole = String.join(
                        "\n",
                        Lines.info("WRITE", "\"numFiles\":\"3\",\"numOutputBytes\":\"30\""),
                        Lines.PROTOCOL,
                        Lines.metadata("t", "x", "y"),
                        Lines.add("é%20a.parquet"),
                        Lines.addWithVector("b.parquet", "two"),
                        Lines.removeWithVector("b.parquet", "one"),
                        Lines.add("c.parquet"),
                        "")
                .getBytes(StandardCharsets.UTF_8);
        int read = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = damage(whole, random);
            InMemoryTableFiles files = new InMemoryTableFiles();
            files.put(InMemoryTableFiles.commitPath(0), damaged);
            DeltaTableLog log = new DeltaTableLog(files);
            String what = "seed " + seed + ", round " + round;
            Optional<Commit> commit = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> {
                        try {
                            return log.commit(0);
                        } catch (TableException e) {
                            assertThat(e.getMessage())
                                    .as(what)
                                    .contains("00000000000000000000.json")
                                    .doesNotContain("\n");
                            return Optional.empty();
                        }
                    },
                    what);
            read += commit.isPresent() ? 1 : 0;
            refused += commit.isPresent() ? 0 : 1;
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    /** Two bytes for one of ASCII: a decoder that takes them reads a name that no other reader sees. */
    @Test
    void anOverlongFormIsNotTakenForTheCharacterThatItStandsFor() {
        byte[] commit = String.join(
                        "\n", Lines.PROTOCOL, Lines.metadata("t", "x", "y"), Lines.add("p=1/\u00e9.parquet"), "")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < commit.length; i++) {
            if (commit[i] < 0) {
                commit[i] = (byte) 0xc1;
                commit[i + 1] = (byte) 0xbc;
                break;
            }
        }
        InMemoryTableFiles files = new InMemoryTableFiles();
        files.put(InMemoryTableFiles.commitPath(0), commit);

        assertThatThrownBy(() -> new DeltaTableLog(files).commit(0))
                .isInstanceOf(TableException.class)
                .hasMessageContaining("00000000000000000000.json");
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            int at = random.nextInt(damaged.length);
            damaged[at] =
                    random.nextBoolean() ? (byte) (damaged[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt(256);
        }
        return damaged;
    }
}
