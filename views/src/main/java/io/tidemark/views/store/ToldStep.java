package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeDelta;
import io.tidemark.views.cube.HourBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A step that was made elsewhere, as it is told to those who only serve: what is there after it, and not by how much it changed.
 *
 * @param record of the state after it
 * @param metadata the table's after it
 * @param hours that changed, ascending, as they are after it; empty: there are no rows of that hour any more
 * @param files that changed, as {@link LiveFileCodec} has them; empty: live no longer
 * @param commits the versions that led to it
 */
public record ToldStep(
        StateRecord record,
        TableMetadata metadata,
        SortedMap<Long, Optional<HourBlock>> hours,
        Map<FileKey, Optional<byte[]>> files,
        CommitHistory commits) {

    /** By what it changes a cube. */
    CubeDelta from(Cube before) {
        List<HourBlock> changes = new ArrayList<>();
        hours.forEach((hour, after) -> {
            Optional<HourBlock> block = before.block(hour);
            Optional<HourBlock> change = after.isEmpty()
                    ? block.map(HourBlock::negated)
                    : after.map(
                            now -> block.map(then -> now.plus(then.negated())).orElse(now));
            change.filter(by -> by.size() > 0).ifPresent(changes::add);
        });
        return CubeDelta.of(changes);
    }

    /** False if what was told is not all that the state is made of: something has been taken out meanwhile. */
    boolean addsUpTo(Cube cube) {
        return cube.size() == record.hours() && cube.rows() == record.rows();
    }
}
