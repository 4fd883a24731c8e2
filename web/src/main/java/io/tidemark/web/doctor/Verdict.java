package io.tidemark.web.doctor;

import java.util.Locale;

/** What is thought of something that was looked at; from the best to the worst. */
public enum Verdict {
    OK,
    /** It works, but not for long, not well, or not as it may have been meant. */
    WARNING,
    /** A service would not start, or would not follow the table. */
    WRONG;

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
