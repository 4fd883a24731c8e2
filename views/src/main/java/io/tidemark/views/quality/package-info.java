/**
 * What is odd about a table's data or its writer, found on the way and told to people; nothing is counted by it. What is looked
 * for, and how, is said in {@code docs/design/findings.md}.
 */
package io.tidemark.views.quality;
