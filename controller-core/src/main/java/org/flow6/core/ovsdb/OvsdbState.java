package org.flow6.core.ovsdb;

/**
 * Whether the database is being followed.
 *
 * @param synced connected, and all of it read
 * @param detail the schema's version while synced, else why not; one line
 */
public record OvsdbState(boolean synced, String detail) {}
