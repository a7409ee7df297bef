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

    /** How a value is written, for users. */
    default String form() {
        return "anything";
    }

    /** One with a form. */
    static Conversion as(String form, Conversion conversion) {
        return new Formed(form, conversion);
    }

    /** JSON's null too, which stays. */
    default Conversion orNull() {
        return as(form() + ", or null", value -> value.isNull() ? value : of(value));
    }

    /** A conversion of values that are written so. */
    record Formed(String form, Conversion conversion) implements Conversion {
        @Override
        public JsonNode of(JsonNode value) throws Unfit {
            return conversion.of(value);
        }
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
