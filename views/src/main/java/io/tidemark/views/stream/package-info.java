/**
 * The steps of the views as a Kafka Streams topology, for tables whose scanning outgrows one machine; see {@code
 * docs/design/cluster.md}. The only home of Kafka.
 */
package io.tidemark.views.stream;
