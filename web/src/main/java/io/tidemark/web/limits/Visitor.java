package io.tidemark.web.limits;

import java.util.Optional;

/**
 * Whom a request counts for; empty: nobody who is limited by himself.
 *
 * @param address what he has open counts for it: a token may be that of a whole team
 * @param client what he asks for counts for it: the token by its name, or without one the address
 */
public record Visitor(Optional<String> address, Optional<String> client) {
    public static final Visitor NOBODY = new Visitor(Optional.empty(), Optional.empty());
}
