package io.tidemark.ingest.files;

/**
 * An object read whole.
 *
 * @param bytes the content; not copied, not to be changed
 * @param stat what the store said of it when it was read
 */
public record StoredObject(byte[] bytes, ObjectStat stat) {}
