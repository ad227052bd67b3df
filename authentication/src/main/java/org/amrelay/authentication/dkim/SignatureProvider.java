// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dkim;

import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;

/**
 * Where implementations of signatures come from: Java's own, or a faster library.
 *
 * <p>Safe for several threads.
 */
@FunctionalInterface
public interface SignatureProvider {
    /** A fresh object for one signature, by its name in Java. */
    Signature signature(String javaName) throws NoSuchAlgorithmException;

    /** The same key in the form in which signatures use it soonest; equal results, less work for each. */
    default Key prepared(Key key) {
        return key;
    }

    /** Java's own. */
    static SignatureProvider ofJava() {
        return Signature::getInstance;
    }
}
