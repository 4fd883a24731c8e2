package io.tidemark.web.rest;

import io.tidemark.web.wire.BadRequestException;
import java.util.Optional;

/** Whole numbers among a request's parameters. */
final class Numbers {

    private Numbers() {}

    /** A number from 1 to {@code most}; {@code otherwise} if it is not given. */
    static int within(QueryParameters parameters, String name, int otherwise, int most) {
        String text = parameters.single(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException("bad-parameter", "'" + name + "' is a whole number from 1 to " + most + ".");
    }

    /** The version of the table that is asked for; empty for the one that is served. */
    static Optional<Long> version(QueryParameters parameters) {
        String text = parameters.single("version");
        if (text == null) {
            return Optional.empty();
        }
        try {
            long version = Long.parseLong(text);
            if (version >= 0) {
                return Optional.of(version);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new BadRequestException("bad-parameter", "'version' is the number of a version of the table.");
    }
}
