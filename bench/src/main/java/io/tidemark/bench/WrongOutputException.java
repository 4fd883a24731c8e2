package io.tidemark.bench;

/** Two contenders found different things: their times mean nothing. */
public final class WrongOutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WrongOutputException(String message) {
        super(message);
    }

    /** @throws WrongOutputException if the two are not equal */
    public static void unlessEqual(String what, Object ours, Object peers) {
        if (!ours.equals(peers)) {
            throw new WrongOutputException(what + ": Tidemark has " + ours + ", the peer has " + peers);
        }
    }
}
