/**
 * The independent recount: reads the table again, from its first row to its last, with code that the service does not use, and
 * compares every cell of every view.
 */
package io.tidemark.views.verify;
