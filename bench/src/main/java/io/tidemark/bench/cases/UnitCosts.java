package io.tidemark.bench.cases;

/**
 * What work costs on the machine at hand, all threads together.
 *
 * @param rowMicros processor time of one row, its session aside
 * @param sessionMicros of one distinct session of one file: hashed, counted, and kept in the ledger
 * @param fileMicros processor time of one file or commit, beside its rows
 */
record UnitCosts(double rowMicros, double sessionMicros, double fileMicros) {}
