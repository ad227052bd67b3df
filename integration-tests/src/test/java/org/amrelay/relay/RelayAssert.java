// SPDX-License-Identifier: Apache-2.0
package org.amrelay.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.assertj.core.api.AbstractAssert;

/** What every test of the whole relay ends with. */
final class RelayAssert extends AbstractAssert<RelayAssert, RelayUnderTest> {
    private RelayAssert(RelayUnderTest relay) {
        super(relay, RelayAssert.class);
    }

    static RelayAssert assertThat(RelayUnderTest relay) {
        return new RelayAssert(relay);
    }

    /** The ledger recounted: each recipient of each accepted mail is in exactly one explained state. */
    RelayAssert accountsForEveryRecipient() {
        RelayUnderTest.Answer answer = actual.amr("audit", "--json");
        if (answer.exitCode() != 0) {
            failWithMessage("the audit failed: %s%s", answer.out(), answer.err());
        }
        try {
            JsonNode audit = new ObjectMapper().readTree(answer.out());
            if (audit.path("unaccounted").asLong(-1) != 0) {
                failWithMessage("the ledger does not account for everybody: %s", audit.toPrettyString());
            }
            if (audit.path("recipients").asLong(0) == 0) {
                failWithMessage("the ledger knows of nobody: %s", audit.toPrettyString());
            }
        } catch (JsonProcessingException unreadable) {
            failWithMessage("the audit is not JSON: %s", answer.out());
        }
        return this;
    }
}
