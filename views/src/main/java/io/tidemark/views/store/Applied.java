package io.tidemark.views.store;

import io.tidemark.views.cube.CubeDelta;

/**
 * A step that was stored.
 *
 * @param state after it
 * @param delta by which its cube differs from the cube before
 * @param newEpoch true if subscribers must start anew: what they hold is of another history
 */
public record Applied(ViewState state, CubeDelta delta, boolean newEpoch) {}
