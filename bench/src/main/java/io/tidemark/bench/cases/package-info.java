/** The questions, one class each. */
package io.tidemark.bench.cases;
