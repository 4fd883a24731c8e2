package io.tidemark.web.access;

import io.tidemark.web.config.ConfigException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is kept of one token: never the token.
 *
 * @param hash SHA-256 of the token, in lower-case hex
 * @param ends when it does; empty: when its line is taken out
 */
public record TokenLine(String name, Set<Role> roles, String hash, Optional<Instant> ends) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public TokenLine {
        if (!NAME.matcher(name).matches()) {
            throw new ConfigException("a token's name has up to 64 letters, digits, dots, dashes, underscores and @");
        }
        if (roles.isEmpty()) {
            throw new ConfigException("a token needs a role: " + titles());
        }
        if (!HASH.matcher(hash).matches()) {
            throw new ConfigException("the hash of a token has 64 lower-case hex digits");
        }
        roles = Set.copyOf(roles);
    }

    /** A token that was drawn by lot, and the line to keep of it. */
    public record Fresh(String token, TokenLine line) {}

    /**
     * Draws a token.
     *
     * @param roles with commas between
     * @param ends an instant; empty: none
     * @throws ConfigException if one of them cannot be understood
     */
    public static Fresh draw(String name, String roles, Optional<String> ends) {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = "tm_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new Fresh(
                token, new TokenLine(name, roles(roles), Hashes.hex(Hashes.of(token)), ends.map(TokenLine::instant)));
    }

    /**
     * Reads a file's lines. Empty ones, and those that begin with {@code #}, are passed over.
     *
     * @throws ConfigException if a line cannot be understood; it is named by its number, and not repeated
     */
    public static List<TokenLine> parseAll(String text) {
        List<String> lines = text.lines().toList();
        List<TokenLine> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                tokens.add(parse(line));
            } catch (ConfigException e) {
                throw new ConfigException("line " + (i + 1) + ": " + e.getMessage()
                        + ". A line is name:role[,role]:sha256[:expiry]; 'tidemark token new' makes one");
            }
        }
        return List.copyOf(tokens);
    }

    private static TokenLine parse(String line) {
        String[] parts = line.split(":", 4);
        if (parts.length < 3) {
            throw new ConfigException("it has fewer than three parts");
        }
        return new TokenLine(
                parts[0].strip(),
                roles(parts[1]),
                parts[2].strip(),
                parts.length == 4 ? Optional.of(instant(parts[3])) : Optional.empty());
    }

    private static Set<Role> roles(String text) {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String title : text.split(",")) {
            roles.add(Role.of(title.strip()).orElseThrow(() -> new ConfigException("a role is one of " + titles())));
        }
        return roles;
    }

    private static String titles() {
        return Arrays.stream(Role.values()).map(Role::title).collect(Collectors.joining(", "));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeException e) {
            throw new ConfigException("an expiry is an instant such as 2027-01-01T00:00:00Z");
        }
    }

    /** As the file has it. */
    public String text() {
        String titles = roles.stream().sorted().map(Role::title).collect(Collectors.joining(","));
        return name + ':' + titles + ':' + hash + ends.map(at -> ":" + at).orElse("");
    }

    byte[] hashBytes() {
        return HexFormat.of().parseHex(hash);
    }

    Caller caller() {
        return new Caller(name, roles, ends, Optional.of(hash));
    }
}
