/** Benchmarks and the tables for them; never shipped. */
package io.tidemark.bench;
