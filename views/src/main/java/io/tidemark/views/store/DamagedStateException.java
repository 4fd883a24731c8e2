package io.tidemark.views.store;

/** What is stored contradicts itself or cannot be read. Nothing is lost but time: the views can be built anew from the table. */
public final class DamagedStateException extends StateException {
    private static final long serialVersionUID = 1L;

    private final String found;

    /** @param found what is damaged and how, without what to do about it */
    DamagedStateException(String found, String remedy, Throwable cause) {
        super(found + ". " + remedy, cause);
        this.found = found;
    }

    /** What is damaged and how, for those who mend it themselves. */
    public String found() {
        return found;
    }
}
