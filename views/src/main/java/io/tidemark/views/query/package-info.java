/**
 * Full scans: what the cube cannot answer, read from the data files of one version.
 *
 * <p>Every scan is admitted, shares the threads fairly with others, has a deadline, and can be cancelled.
 */
package io.tidemark.views.query;
