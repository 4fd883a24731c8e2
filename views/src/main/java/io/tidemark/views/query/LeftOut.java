package io.tidemark.views.query;

/**
 * Rows that pass the filter and yet take no part in an analysis.
 *
 * @param noId whose id is null or the empty text
 * @param noTime that have an id, and no time
 */
public record LeftOut(long noId, long noTime) {}
