package io.longwatch.contract;

/** What an action leaves behind, and how it meets being carried out a second time after a crash. */
public enum Effect {
    /** Reads only. May be repeated at will. */
    NONE,
    /**
     * Changes something, and finds its own earlier attempt on the far side (by release and step, or because the wished
     * state is already there): look, then act. Retried after a lost attempt.
     */
    KEYED,
    /**
     * Changes something that cannot be searched for. Tried once; when its outcome is unknown a person is asked, with
     * what is known.
     */
    AT_MOST_ONCE
}
