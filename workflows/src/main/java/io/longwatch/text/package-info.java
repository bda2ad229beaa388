/** Text kept within bounds. */
@NullMarked
package io.longwatch.text;

