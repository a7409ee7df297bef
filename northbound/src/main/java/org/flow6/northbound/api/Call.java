package org.flow6.northbound.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of the API, without HTTP around it.
 *
 * @param method as HTTP's, in capitals
 * @param path behind {@code /v2.0}, without empty parts: {@code [networks, 42, tags]}
 * @param query its parameters, each with its values in order
 * @param body absent where there is none
 * @param ifMatch HTTP's If-Match; empty: none
 * @param base what links begin with, as the client called it: {@code http://host:9696/v2.0}
 */
public record Call(
        String method,
        List<String> path,
        Map<String, List<String>> query,
        Optional<JsonNode> body,
        String ifMatch,
        String base,
        Caller caller) {

    /** What comes of a call. */
    public record Answer(int status, Optional<JsonNode> body) {}

    String part(int index) {
        return index < path.size() ? path.get(index) : "";
    }

    boolean is(String wanted) {
        return method.equals(wanted);
    }
}
