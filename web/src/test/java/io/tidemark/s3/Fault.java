package io.tidemark.s3;

/** What becomes of a request on its way to the store. */
public sealed interface Fault {

    /** Nothing: it passes. */
    record None() implements Fault {}

    /** Nobody listens. */
    record Refused() implements Fault {}

    /** The connection is reset when the request was sent. */
    record Reset() implements Fault {}

    /** The answer stops in the middle of its body, and the connection stays open. */
    record Stalled() implements Fault {}

    /** The answer comes byte by byte. */
    record Dripping() implements Fault {}

    /** The answer ends in the middle of its body. */
    record Truncated() implements Fault {}

    /** The store answers with an error. */
    record Answer(int status, String code) implements Fault {}
}
