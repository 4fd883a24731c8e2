package io.tidemark.web.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who showed a token.
 *
 * @param name of the token, or of the subject that an OpenID provider named; for people
 * @param roles with all that they hold
 * @param ends when the token does; empty: it does not by itself
 * @param token hash of a token of ours, in hex; empty for those of an OpenID provider, which cannot be taken back
 */
public record Caller(String name, Set<Role> roles, Optional<Instant> ends, Optional<String> token) {
    public Caller {
        roles = Set.copyOf(Role.with(roles));
    }

    boolean hasEnded(Instant now) {
        return ends.isPresent() && !now.isBefore(ends.get());
    }
}
