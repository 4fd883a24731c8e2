package io.tidemark.views.store;

import io.tidemark.views.cube.CubeDelta;

/**
 * The sums of a step.
 *
 * @param distinct by how many files more each distinct value is held
 * @param files by how many live files there are more
 * @param bytes by how many bytes of live files
 */
record StepChanges(CubeDelta cells, DistinctStep distinct, long files, long bytes, LedgerStep entries) {}
