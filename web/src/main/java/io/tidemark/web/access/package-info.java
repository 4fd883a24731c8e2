/** Who is let in, and to what: tokens, tokens of an OpenID provider, sessions of browsers, and how long each of these lasts. */
package io.tidemark.web.access;
