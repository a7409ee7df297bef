package org.flow6.network.file;

/** Something wrong with an item, or with what stands around the items. */
record Complaint(Place place, String message) {

    Complaint(int line, String field, String message) {
        this(new Place(line, field), message);
    }

    /**
     * Where something is wrong.
     *
     * @param line counted in the piece of text that was read, from 1
     * @param field as in {@link Violation}
     */
    record Place(int line, String field) {}
}
