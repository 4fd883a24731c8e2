package io.tidemark.web.access;

import io.tidemark.web.limits.Visitor;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * That a request was let in, and whether it would be now: for what stays open.
 *
 * @param caller empty if everyone is let in
 * @param visitor whom it counts for
 */
public record Admission(Optional<Caller> caller, BooleanSupplier current, Visitor visitor) {
    private static final String KEY = Admission.class.getName();

    /** Of everyone, for good. */
    public static final Admission OPEN = open(Visitor.NOBODY);

    /** Of everyone, for good, as this one. */
    public static Admission open(Visitor visitor) {
        return new Admission(Optional.empty(), () -> true, visitor);
    }

    /** True as long as the token is good that was shown. For any thread; quick. */
    public boolean isCurrent() {
        return current.getAsBoolean();
    }

    /** Leaves it with the request, for the routes. */
    public void leaveWith(RoutingContext context) {
        context.put(KEY, this);
    }

    /** What the guard left. */
    public static Admission of(RoutingContext context) {
        Admission left = context.get(KEY);
        if (left == null) {
            throw new IllegalStateException("a route that no guard stands in front of");
        }
        return left;
    }
}
