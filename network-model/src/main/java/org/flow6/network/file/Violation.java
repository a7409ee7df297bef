package org.flow6.network.file;

/**
 * Something wrong in a network file, as a user should read it.
 *
 * @param line of the file, from 1; 0 where the file could not be read at all
 * @param type the resource's type, such as {@code port}; empty where no resource is concerned
 * @param id the resource's id; empty where it has none
 * @param field the attribute, with the place in it ({@code fixed_ips[0].ip_address}); empty where none is concerned
 */
public record Violation(String file, int line, String type, String id, String field, String message) {

    /** For example {@code network.yaml:12: port vm1: mac_address: 'zz' is not a MAC address}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!type.isEmpty()) {
            text.append(type).append(id.isEmpty() ? "" : " " + id).append(": ");
        }
        if (!field.isEmpty()) {
            text.append(field).append(": ");
        }
        return text.append(message).toString();
    }
}
