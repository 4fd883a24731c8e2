package io.tidemark.views.maintain;

import io.tidemark.ingest.log.Commit;
import io.tidemark.views.store.Applied;
import java.util.List;

/** Told of every step that becomes visible, in order, on the writer's thread; must not block. */
public interface StepListener {

    void onStep(Applied step);

    /**
     * Told of a step before it is made. If it fails, the next thing told is the beginning of another.
     *
     * @param commits to be applied; empty if the views are brought to a snapshot
     */
    default void onBegin(List<Commit> commits) {}

    /**
     * Told now and then during a long step.
     *
     * @param files to be counted in this step, as far as known
     * @param filesDone of them
     * @param rows counted so far
     */
    default void onProgress(long files, long filesDone, long rows) {}

    /**
     * Told that what was stored is damaged and was set aside: the next step counts the table anew.
     *
     * @param found what is damaged, and how; a sentence without its full stop
     */
    default void onDamage(String found) {}
}
