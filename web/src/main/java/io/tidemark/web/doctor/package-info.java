/** Looks at a configuration, a table and a machine before a service does, and says what is wrong and how to mend it. */
package io.tidemark.web.doctor;
