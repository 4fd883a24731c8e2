package io.tidemark.web.limits;

import io.tidemark.web.config.LimitSettings.Most;
import io.tidemark.web.config.Rate;

/** Lets live sockets of a table in, and counts them. Safe for use by many threads. */
public final class SocketDoor {
    private final Slots slots;
    private final Paces paces;
    private final Refusals refusals;

    /**
     * @param most sockets of the table
     * @param paces of new ones, of all tables together
     * @param refusals to be counted
     */
    public SocketDoor(Most most, Paces paces, Refusals refusals) {
        this.slots = new Slots(most, Refusal.SOCKETS, Refusal.CLIENT_SOCKETS);
        this.paces = paces;
        this.refusals = refusals;
    }

    /** With no other limit than how many there are. */
    public SocketDoor(Most most) {
        this(most, new Paces(Rate.UNLIMITED), new Refusals());
    }

    /** Counts a new socket; false if there may be none. */
    public boolean enter(Visitor visitor) {
        if (refusals.count(slots.take(visitor.address()))) {
            return false;
        }
        if (paces.take(visitor.client()) > 0) {
            slots.release(visitor.address());
            refusals.count(Refusal.SOCKET_RATE);
            return false;
        }
        return true;
    }

    /** Says that one which was let in is gone; once. */
    public void leave(Visitor visitor) {
        slots.release(visitor.address());
    }

    /** Counts something that a socket was refused. */
    public void refused(Refusal reason) {
        refusals.count(reason);
    }

    /** Sockets that are in. */
    public int taken() {
        return slots.taken();
    }
}
