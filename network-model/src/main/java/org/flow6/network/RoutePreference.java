package org.flow6.network;

/** Which of several routers, or routes by several routers, hosts are to prefer (RFC 4191 §2.1). */
public enum RoutePreference {
    LOW,
    MEDIUM,
    HIGH
}
