/** What clients may use up: counts, rates, and who a client is. Each refusal is counted by its reason. */
package io.tidemark.web.limits;
