package io.tidemark.views.stream;

import java.util.List;

/** Is told which tables the cluster follows. */
@FunctionalInterface
public interface RegistryListener {

    /**
     * Called once with what the registry says when this instance has read it, and then whenever it says something else; on a thread of
     * the registry's own, which may be kept waiting. What it throws is logged, and it is told again after a while.
     *
     * @param tables all that are followed, by name; a table that was added anew has another incarnation
     */
    void follows(List<TableEntry> tables);
}
