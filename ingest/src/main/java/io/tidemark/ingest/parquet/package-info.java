/** The Parquet format apart from tables: Thrift metadata, page headers, codecs. What a file says of itself is a claim. */
package io.tidemark.ingest.parquet;
