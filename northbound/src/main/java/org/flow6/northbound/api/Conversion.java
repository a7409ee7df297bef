package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

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
        private final transient @Nullable NeutronError refusal;

        Unfit(String reason) {
            super(reason);
            refusal = null;
        }

        /** Where Neutron has an error of its own for it, which does not name the attribute. */
        Unfit(NeutronError refusal) {
            super(refusal.getMessage());
            this.refusal = refusal;
        }

        NeutronError refusal(String attribute) {
            return refusal == null ? NeutronError.invalid(attribute, reason()) : refusal;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
