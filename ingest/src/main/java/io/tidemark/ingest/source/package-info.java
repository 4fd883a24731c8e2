/** Events through Kafka: a source of synthetic ones, and the writer that takes a topic into a table. */
package io.tidemark.ingest.source;
