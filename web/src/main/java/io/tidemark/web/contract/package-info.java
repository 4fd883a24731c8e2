/** The OpenAPI document: completed for a table, and the rules that it has for requests. */
package io.tidemark.web.contract;
