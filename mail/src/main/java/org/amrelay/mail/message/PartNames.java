// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All names that a part gives itself, in the order in which mail programs look for them (RFC 2183 §2.3). Stateless. */
final class PartNames {
    private PartNames() {}

    static List<String> of(PartDraft draft) {
        Set<String> names = new LinkedHashSet<>(
                PartExpansion.disposition(draft).parameters().all("filename"));
        names.addAll(PartExpansion.disposition(draft).parameters().all("name"));
        names.addAll(draft.type.parameters().all("name"));
        names.addAll(draft.type.parameters().all("filename"));
        draft.blockName.ifPresent(names::add);
        names.removeIf(String::isBlank);
        return List.copyOf(names);
    }
}
