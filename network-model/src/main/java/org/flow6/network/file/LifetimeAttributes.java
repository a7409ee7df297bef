package org.flow6.network.file;

import org.flow6.network.Lifetimes;

/** The two attributes that state how long a prefix may be used. */
record LifetimeAttributes(Attribute<Long> valid, Attribute<Long> preferred) {
    /** How a file states seconds that never end. */
    static final String INFINITE = "infinite";

    static LifetimeAttributes of(Shape shape, String valid, String preferred) {
        return new LifetimeAttributes(
                shape.optional("valid_lifetime", valid, Readers.SECONDS),
                shape.optional("preferred_lifetime", preferred, Readers.SECONDS));
    }

    /**
     * What is stated, or else what holds otherwise.
     *
     * @param path of the mapping that states it
     */
    Lifetimes of(Values stated, Lifetimes otherwise, String path, Resolving resolving) {
        Long statedValid = stated.find(valid);
        Long statedPreferred = stated.find(preferred);
        long validFor = statedValid == null ? otherwise.valid() : statedValid;
        if (statedPreferred != null && statedPreferred > validFor) {
            resolving.complain(
                    stated.place(path, preferred),
                    text(statedPreferred) + " is more than valid_lifetime, " + text(validFor));
        }
        return new Lifetimes(
                validFor, Math.min(statedPreferred == null ? otherwise.preferred() : statedPreferred, validFor));
    }

    /** Seconds as a file states them. */
    static String text(long seconds) {
        return seconds == Lifetimes.INFINITE ? INFINITE : Long.toString(seconds);
    }
}
