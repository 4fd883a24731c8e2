/** Full scans for clients, whatever the way on which they ask: admitted, shared, counted and cancelled. */
package io.tidemark.web.scan;
