package io.tidemark.views.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageWhileFollowingTest {
    @TempDir
    Path directory;

    @Test
    void aStateThatTurnsOutDamagedIsServedAsItWasAndCountedAnewByItself() throws Exception {
        try (FollowedTable table = new FollowedTable(directory)) {
            for (int i = 0; i < 4; i++) {
                table.append(60).settled();
            }
            damage(table);
            Recount served = table.followed.counts();
            long version = table.version();

            takeAFileBack(table);
            assertThat(table.stoppedAt(version, served))
                    .contains("damaged")
                    .contains("It is set aside, and the table is counted anew")
                    .doesNotContain("rocksdb");
            String before = table.epoch();
            table.settled();
            assertThat(table.epoch()).isNotEqualTo(before);
            table.append(20).settled();
        }
    }

    private static void takeAFileBack(FollowedTable table) throws Exception {
        table.table.remove(table.table.liveFiles().get(0));
        table.table.commit();
    }

    /** Once what is in RocksDB's log is in its tables. */
    private void damage(FollowedTable table) throws IOException {
        table.followed.restart();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".sst") && !f.toString().contains("damaged"))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                for (int i = 0; i < bytes.length / 2; i += 16) {
                    bytes[i] ^= 1;
                }
                Files.write(file, bytes);
            }
        }
    }

    @Test
    void aRenewalMayBeginAgainAfterTenMinutesOrIfItDidNotComeAbout() {
        long[] minutes = {0};
        Renewals renewals = new Renewals(() -> minutes[0] * 60_000_000_000L);
        assertThat(renewals.mayBegin()).isTrue();
        minutes[0] = 4;
        assertThat(renewals.mayBegin()).isFalse();
        assertThat(renewals.minutesToWait()).isEqualTo(6);
        minutes[0] = 10;
        assertThat(renewals.mayBegin()).isTrue();
        renewals.undone();
        assertThat(renewals.mayBegin()).isTrue();
    }
}
