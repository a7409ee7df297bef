package org.flow6.launcher.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Random octets, and digests of tokens that are of use to this process alone. */
final class Digests {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] KEY = random(32);

    private Digests() {}

    static byte[] random(int octets) {
        byte[] random = new byte[octets];
        RANDOM.nextBytes(random);
        return random;
    }

    /** The same for the same token, as long as this process lives; no other has it. */
    static byte[] of(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(KEY);
            return digest.digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
