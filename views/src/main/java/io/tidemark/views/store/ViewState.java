package io.tidemark.views.store;

import io.tidemark.ingest.log.TableMetadata;
import io.tidemark.views.cube.Combinations;
import io.tidemark.views.cube.Cube;
import io.tidemark.views.cube.CubeSpec;
import java.time.Instant;

/**
 * Everything that is true of a table at one version: what one answer is made of. Immutable; nothing that is served reads two
 * of these.
 *
 * @param spec which columns the cube is over
 * @param metadata the table's, at this version
 * @param epoch changes when the history before a version is not the one that was applied before
 * @param version of the table
 * @param committedAt when the writer committed it
 * @param appliedAt when it became visible here
 * @param cube all counts
 * @param combinations what the cube's numbers stand for
 * @param distinct number of distinct values of the distinct column
 * @param files number of live files
 * @param bytes of the live files
 */
public record ViewState(
        CubeSpec spec,
        TableMetadata metadata,
        String epoch,
        long version,
        Instant committedAt,
        Instant appliedAt,
        Cube cube,
        Combinations combinations,
        long distinct,
        long files,
        long bytes) {}
