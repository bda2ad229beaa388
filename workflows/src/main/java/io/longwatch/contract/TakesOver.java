package io.longwatch.contract;

/**
 * A way back that can lead further: past a release whose place was taken while it still soaked, to what stood before it.
 *
 * @param <B> the record of what stood before, this one's own type
 */
public interface TakesOver<B extends Record> {
    /**
     * This way back, leading to what a former release found.
     *
     * @param former what the same step of the former release found ahead of its effect
     * @return what the former found, of every thing that both speak of and that was there already; of the rest what this
     *     one found. Equal to this one where nothing is taken over.
     */
    B takingOver(B former);
}
