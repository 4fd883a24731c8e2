/**
 * Benchmarks side by side with peers, and the tables for them; never shipped.
 *
 * <p>{@link io.tidemark.bench.Bench} runs cases; {@code io.tidemark.bench.cases} has one class for each.
 */
package io.tidemark.bench;
