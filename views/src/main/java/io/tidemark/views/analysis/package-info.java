/** What is asked of whole histories of ids, such as sessions: the arithmetic, with no I/O. Times are microseconds since 1970. */
package io.tidemark.views.analysis;
