package io.tidemark.views.store;

/**
 * A state and the versions that led to it, both of one step.
 *
 * @param commits empty if the state was made by a Tidemark that kept none
 */
public record StateHistory(ViewState state, CommitHistory commits) {}
