/** Instances of a cluster asking one another for their shares of scans and exports. */
package io.tidemark.web.peer;
