package io.tidemark.views.query;

import io.tidemark.ingest.log.TableException;

/** A past version cannot be read any more: its commits were cleaned up, or files of it are deleted. */
public final class VersionGoneException extends TableException {
    private static final long serialVersionUID = 1L;

    VersionGoneException(long version, TableException why) {
        super("Version " + version + " cannot be read any more. " + why.getMessage(), why);
    }
}
