package io.tidemark.views.maintain;

import io.tidemark.views.store.Applied;

/** Told of every step that becomes visible, in order, on the writer's thread; must not block. */
public interface StepListener {

    void onStep(Applied step);

    /**
     * Told now and then during a long step.
     *
     * @param files to be counted in this step, as far as known
     * @param filesDone of them
     * @param rows counted so far
     */
    default void onProgress(long files, long filesDone, long rows) {}
}
