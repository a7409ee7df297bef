package org.flow6.launcher.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A secret as it is kept: salted and hashed, so that who reads the file does not know it (PBKDF2, RFC 8018 §5.2). */
final class SecretHash {
    private static final String SCHEME = "pbkdf2-sha256";
    /** Secrets are as random as keys: more would only cost time. */
    private static final int ITERATIONS = 10_000;

    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int SALT_OCTETS = 16;
    private static final int HASH_OCTETS = 32;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private SecretHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static SecretHash of(String secret) {
        byte[] salt = Digests.random(SALT_OCTETS);
        return new SecretHash(ITERATIONS, salt, hash(secret, salt, ITERATIONS));
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is none
     */
    static SecretHash parse(String text) {
        String[] parts = text.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(SCHEME) || !parts[1].matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("not a hash that 'flow6 token' makes");
        }
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getUrlDecoder().decode(parts[2]);
        byte[] hash = Base64.getUrlDecoder().decode(parts[3]);
        if (iterations > MOST_ITERATIONS || salt.length < SALT_OCTETS || hash.length != HASH_OCTETS) {
            throw new IllegalArgumentException("not a hash that 'flow6 token' makes");
        }
        return new SecretHash(iterations, salt, hash);
    }

    /** Whether this is the hash of a secret; takes as long whether it is or not. */
    boolean isOf(String secret) {
        return MessageDigest.isEqual(hash, hash(secret, salt, iterations));
    }

    private static byte[] hash(String secret, byte[] salt, int iterations) {
        // Java's own refuses an empty one.
        PBEKeySpec spec = new PBEKeySpec((secret + "\n").toCharArray(), salt, iterations, HASH_OCTETS * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return String.join(
                "$", SCHEME, Integer.toString(iterations), base64.encodeToString(salt), base64.encodeToString(hash));
    }
}
