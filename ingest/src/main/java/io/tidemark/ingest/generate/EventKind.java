package io.tidemark.ingest.generate;

import org.apache.parquet.io.api.Binary;

/**
 * One kind of event.
 *
 * @param type value of {@code event_type}
 * @param category usual value of {@code event_category}
 * @param target value of {@code interaction_target}; null: none
 * @param says what the user may have typed or said; null: nothing
 * @param measures largest {@code interaction_value} (seconds, amount, score); 0: has none
 */
record EventKind(Binary type, Binary category, Choice<Binary> target, Choice<Binary> says, double measures) {}
