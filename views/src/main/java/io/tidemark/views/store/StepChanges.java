package io.tidemark.views.store;

import io.tidemark.views.cube.CubeDelta;

/**
 * The sums of a step.
 *
 * @param distinct by how many files more each distinct value is held
 * @param added files that were not live before
 * @param removed files that were live before
 */
record StepChanges(CubeDelta cells, DistinctStep distinct, Flow added, Flow removed, LedgerStep entries) {}
