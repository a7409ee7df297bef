package org.flow6.launcher.access;

import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.flow6.northbound.api.Caller;
import org.flow6.northbound.api.Caller.Role;

/**
 * A line of a file of tokens: {@code NAME PROJECT ROLE HASH}. The token is the name, a dot, and the secret that the hash is
 * of.
 */
public final class TokenEntry {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");
    private static final Pattern PROJECT = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String NO_PROJECT = "-";
    private static final int SECRET_OCTETS = 32;

    private final Who who;
    private final SecretHash hash;

    /** A new entry, and its token, which is told this once. */
    public record New(TokenEntry entry, String token) {}

    private TokenEntry(Who who, SecretHash hash) {
        this.who = who;
        this.hash = hash;
    }

    /**
     * Makes one with a secret of its own.
     *
     * @param project {@code -}: none, for administrators
     * @throws IllegalArgumentException saying for users what is wrong
     */
    public static New make(String name, String project, String role) {
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.random(SECRET_OCTETS));
        TokenEntry entry = new TokenEntry(who(name, project, role), SecretHash.of(secret));
        return new New(entry, name + "." + secret);
    }

    /** @throws IllegalArgumentException saying for users what is wrong */
    static TokenEntry parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("not NAME PROJECT ROLE HASH");
        }
        return new TokenEntry(who(words[0], words[1], words[2]), SecretHash.parse(words[3]));
    }

    private static Who who(String name, String project, String role) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name is of up to 64 letters, digits, and any of _ . @ -");
        }
        if (!PROJECT.matcher(project).matches()) {
            throw new IllegalArgumentException("a project is its id, without spaces");
        }
        if (!role.matches("reader|member|admin")) {
            throw new IllegalArgumentException("the role is reader, member or admin");
        }
        Role known = Role.valueOf(role.toUpperCase(Locale.ROOT));
        if (project.equals(NO_PROJECT) && known != Role.ADMIN) {
            throw new IllegalArgumentException("a " + role + " is one of a project");
        }
        return new Who(name, new Caller(project.equals(NO_PROJECT) ? "" : project, known));
    }

    Who who() {
        return who;
    }

    SecretHash hash() {
        return hash;
    }

    /** The line. */
    @Override
    public String toString() {
        String project = who.caller().project();
        return String.join(
                " ",
                who.name(),
                project.isEmpty() ? NO_PROJECT : project,
                who.caller().role().name().toLowerCase(Locale.ROOT),
                hash.toString());
    }
}
