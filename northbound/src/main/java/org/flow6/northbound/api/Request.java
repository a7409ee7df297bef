package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a request says of one object.
 *
 * @param said the attributes that it names, converted
 */
record Request(Caller caller, ObjectNode said) {

    boolean says(String attribute) {
        return said.has(attribute);
    }

    JsonNode get(String attribute) {
        return said.path(attribute);
    }
}
