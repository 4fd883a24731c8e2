package io.tidemark.web.wire;

/** What a client asked for cannot be understood, or cannot be answered. The message is for that client. */
public final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code stable; the {@code code} of an error message on the socket, the last part of a problem's {@code type} */
    public BadRequestException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
