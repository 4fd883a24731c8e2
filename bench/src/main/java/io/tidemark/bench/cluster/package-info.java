/** A cluster on one machine: a broker, instances, a writer, and clients that note what they see. */
package io.tidemark.bench.cluster;
