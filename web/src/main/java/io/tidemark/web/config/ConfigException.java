package io.tidemark.web.config;

/** Wrong usage or configuration. The message is one line for the user: what is wrong, and how to mend it. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
