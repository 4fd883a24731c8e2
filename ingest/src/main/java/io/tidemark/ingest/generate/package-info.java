/**
 * Writes synthetic analytics events to a Delta table, as real commits through Delta Standalone: {@code generate} and the
 * table behind {@code demo}.
 */
package io.tidemark.ingest.generate;
