package io.tidemark.web.engine;

import io.tidemark.views.stream.FileOwners;

/** A table whose files several instances have between them. */
public interface SharedTable extends LiveTable {

    /**
     * Which instance has which file now.
     *
     * @throws io.tidemark.views.query.ScanPeerException while nobody knows
     */
    FileOwners owners();
}
