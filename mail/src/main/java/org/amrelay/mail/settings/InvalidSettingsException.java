// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.settings;

import java.util.List;

/** Names and values do not fill a settings record; carries every mistake, each as a sentence for the operator. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf is serializable when its elements are
    private final List<String> mistakes;

    public InvalidSettingsException(List<String> mistakes) {
        super(String.join("; ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** At least one. */
    public List<String> mistakes() {
        return mistakes;
    }
}
