/** Benchmarks, run by hand through the scripts in {@code bench/}; no test asserts a figure of theirs. */
@org.jspecify.annotations.NullMarked
package io.longwatch.sandbox.bench;
