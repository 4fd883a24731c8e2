package io.tidemark.web.live;

/** What one client follows under one id. Hub thread only. */
final class Subscription {

    /** In place of a version: the client holds nothing that can be built on. */
    static final long NOTHING = -1;

    private final Client client;
    private final String id;
    private final Audience audience;
    private long version;
    private long revision = -1;

    /** @param id as JSON, in quotes */
    Subscription(Client client, String id, Audience audience, long version) {
        this.client = client;
        this.id = id;
        this.audience = audience;
        this.version = version;
    }

    Client client() {
        return client;
    }

    /** As JSON, in quotes. */
    String id() {
        return id;
    }

    Audience audience() {
        return audience;
    }

    /** The version that the client has once it took what was sent. */
    long version() {
        return version;
    }

    /** True if there is something that the client was not sent. */
    boolean isBehind() {
        return audience.group().state() != null && revision != audience.group().revision();
    }

    void startAnew() {
        version = NOTHING;
    }

    /** Sends what is missing, unless the client is too far behind with taking what was sent: then it is asked later. */
    boolean deliver(RecentSteps recent) {
        if (audience.group().state() == null) {
            return true;
        }
        if (!client.takesMore()) {
            return false;
        }
        client.send(audience.message(version, recent).text(id));
        version = audience.group().state().version();
        revision = audience.group().revision();
        return true;
    }
}
