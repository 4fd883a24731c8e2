package io.tidemark.web.command;

/** What the help texts say below the options. */
final class Footers {
    static final String STORAGE =
            "%nObject stores are set up by AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,"
                    + " AWS_SESSION_TOKEN, AWS_REGION and AWS_ALLOW_HTTP, as for delta-rs.";
    static final String SERVE = STORAGE + "%nTIDEMARK_AUTH_TOKENS holds the bearer tokens that are let in, with commas"
            + " between.%nTIDEMARK_CLUSTER_TOKEN is what the instances of a cluster know one another by;"
            + " without it, each reads for its own users alone.";

    private Footers() {}
}
