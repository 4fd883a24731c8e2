package io.tidemark.views.query;

import java.time.Instant;

/**
 * What an analysis found, and of which version of the table that is true.
 *
 * @param found the outcome
 */
public record Analysed<T>(long version, String epoch, Instant committedAt, T found, LeftOut leftOut) {}
