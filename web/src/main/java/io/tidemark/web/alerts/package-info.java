/**
 * Alerts on counts and on freshness: rules, which are pure; the board that keeps them and what they last said; the watch that
 * has them looked at; and the webhook that tells others.
 */
package io.tidemark.web.alerts;
