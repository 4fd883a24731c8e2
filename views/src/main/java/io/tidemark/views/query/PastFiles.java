package io.tidemark.views.query;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.ingest.log.TableSnapshot;
import io.tidemark.views.cube.HourBlock;
import io.tidemark.views.store.LiveFile;
import java.time.Instant;
import java.util.function.Consumer;

/** The files of a past version, as the table's log has them. Nothing is known of what is in them. */
record PastFiles(TableSnapshot snapshot, String epoch) implements VersionFiles {

    @Override
    public long version() {
        return snapshot.version();
    }

    @Override
    public Instant committedAt() {
        return snapshot.committedAt();
    }

    @Override
    public TableMetadata metadata() {
        return snapshot.metadata();
    }

    @Override
    public void forEach(Consumer<LiveFile> visitor) {
        snapshot.files()
                .forEachRemaining(
                        file -> visitor.accept(new LiveFile(file, 0, HourBlock.NO_TIME + 1, Long.MAX_VALUE, true)));
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
