/** HTTP, by the JDK's client: the http actions, and the bounded exchange that other packages' clients are made of. */
@NullMarked
package io.longwatch.activities.http;

import org.jspecify.annotations.NullMarked;
