package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes what an attribute holds of what a request says; clients send numbers as text, and text as numbers. */
@FunctionalInterface
interface Conversion {

    /**
     * @param value not null, but it may be JSON's null
     * @throws Unfit if it does not fit
     */
    JsonNode of(JsonNode value) throws Unfit;

    /** JSON's null too, which stays. */
    default Conversion orNull() {
        return value -> value.isNull() ? value : of(value);
    }

    /** A value that does not fit, with the reason in Neutron's words, without a full stop. */
    final class Unfit extends Exception {
        Unfit(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
