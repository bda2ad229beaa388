/** Benchmarks on real servers, run by hand through the scripts in {@code bench/}; no test asserts a figure of theirs. */
@NullMarked
package io.longwatch.system.bench;

import org.jspecify.annotations.NullMarked;
