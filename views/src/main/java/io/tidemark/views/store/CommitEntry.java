package io.tidemark.views.store;

/**
 * One version of the table, as it was taken up.
 *
 * @param step shared by all versions that were taken up at once
 */
public record CommitEntry(CommitNote note, StepEffect step) {}
