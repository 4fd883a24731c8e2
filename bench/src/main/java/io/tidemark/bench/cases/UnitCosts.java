package io.tidemark.bench.cases;

/**
 * What work costs on the machine at hand, all threads together.
 *
 * @param rowMicros processor time of one row in a large file, ledger and sessions included
 * @param fileMicros processor time of one file or commit, beside its rows
 */
record UnitCosts(double rowMicros, double fileMicros) {}
