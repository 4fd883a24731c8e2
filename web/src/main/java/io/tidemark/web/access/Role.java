package io.tidemark.web.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody may do. Each role may do what those before it may. */
public enum Role {
    /** See counts and rows, and be told of changes. */
    VIEW,
    /** Take rows along as files. */
    EXPORT,
    /** Change what the service keeps: alerts. */
    ADMIN;

    /** As configuration and answers have it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String title) {
        return Arrays.stream(values())
                .filter(role -> role.title().equals(title))
                .findFirst();
    }

    /** These and all that they hold. */
    static Set<Role> with(Set<Role> roles) {
        EnumSet<Role> all = EnumSet.noneOf(Role.class);
        for (Role role : roles) {
            all.addAll(EnumSet.range(VIEW, role));
        }
        return all;
    }
}
