package io.tidemark.web.access;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The tokens that are let in now. Immutable; another set takes its place when they are rotated. */
final class Tokens {
    static final Tokens NONE = new Tokens(List.of());

    private final List<TokenLine> lines;
    private final List<byte[]> hashes;

    Tokens(List<TokenLine> lines) {
        this.lines = List.copyOf(lines);
        this.hashes = lines.stream().map(TokenLine::hashBytes).toList();
    }

    /** Tokens of the environment: they may do everything, and never end. */
    static List<TokenLine> plain(List<String> tokens) {
        List<TokenLine> lines = new ArrayList<>();
        for (String token : tokens) {
            lines.add(new TokenLine(
                    "environment-" + (lines.size() + 1),
                    EnumSet.of(Role.ADMIN),
                    Hashes.hex(Hashes.of(token)),
                    Optional.empty()));
        }
        return lines;
    }

    int size() {
        return lines.size();
    }

    /** Whose token this is, in a time that tells nothing of those that there are; empty if nobody's, or if it has ended. */
    Optional<Caller> find(String token, Instant now) {
        byte[] given = Hashes.of(token);
        TokenLine found = null;
        for (int i = 0; i < lines.size(); i++) {
            // No early exit.
            boolean same = MessageDigest.isEqual(hashes.get(i), given);
            found = same ? lines.get(i) : found;
        }
        return Optional.ofNullable(found).map(TokenLine::caller).filter(caller -> !caller.hasEnded(now));
    }

    /** What is now true of a token that was shown before; empty if it was taken back or has ended. */
    Optional<Caller> byHash(String hash, Instant now) {
        return lines.stream()
                .filter(line -> line.hash().equals(hash))
                .findFirst()
                .map(TokenLine::caller)
                .filter(caller -> !caller.hasEnded(now));
    }
}
