// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.limits;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script that Redis runs without anything in between.
 *
 * @param digest by which Redis knows it
 */
record RedisScript(String text, String digest) {
    /** One of the scripts beside this class. */
    static RedisScript named(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is not in the program");
            }
            byte[] octets = in.readAllBytes();
            // Redis names scripts by SHA-1; nothing is protected by it
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(octets);
            return new RedisScript(
                    new String(octets, StandardCharsets.UTF_8), HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-1", e);
        }
    }
}
