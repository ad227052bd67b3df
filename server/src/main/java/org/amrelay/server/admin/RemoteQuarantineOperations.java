// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link QuarantineOperations} asked of a running relay. */
record RemoteQuarantineOperations(RemoteOperations relay) implements QuarantineOperations {
    private static final String PATH = "/api/quarantine";

    @Override
    public List<QuarantineAnswers.Kept> list(QuarantineQuestion question, long beforeId, int limit) {
        StringBuilder query = new StringBuilder(PATH + "?limit=" + limit + "&beforeId=" + beforeId);
        question.wire()
                .forEach((name, value) ->
                        query.append('&').append(name).append('=').append(RemoteOperations.encoded(value)));
        return relay.list(query.toString(), QuarantineAnswers.Kept.class);
    }

    @Override
    public Optional<QuarantineAnswers.Kept> find(long id) {
        return relay.find(PATH + "/" + id, QuarantineAnswers.Kept.class);
    }

    @Override
    public Optional<QuarantineAnswers.Preview> preview(long id) {
        return relay.find(PATH + "/" + id + "/preview", QuarantineAnswers.Preview.class);
    }

    @Override
    public Optional<byte[]> raw(long id) {
        return relay.bytes(PATH + "/" + id + "/raw");
    }

    @Override
    public QuarantineAnswers.Amount amount(QuarantineQuestion question) {
        return relay.post(PATH + "/amount", question.wire(), QuarantineAnswers.Amount.class);
    }

    @Override
    public QuarantineAnswers.Decided release(QuarantineQuestion question, Order order) {
        return relay.post(PATH + "/release", body(question, order), QuarantineAnswers.Decided.class);
    }

    @Override
    public QuarantineAnswers.Decided delete(QuarantineQuestion question, Order order) {
        return relay.post(PATH + "/delete", body(question, order), QuarantineAnswers.Decided.class);
    }

    private static Map<String, String> body(QuarantineQuestion question, Order order) {
        Map<String, String> body = new HashMap<>(question.wire());
        body.put("to", String.join(",", order.to()));
        body.put("restart", Boolean.toString(order.restart()));
        body.put("insist", Boolean.toString(order.insist()));
        body.put("by", order.by());
        return body;
    }

    @Override
    public QuarantineAnswers.Decided report(QuarantineQuestion question, String as, String by) {
        Map<String, String> body = new HashMap<>(question.wire());
        body.put("as", as);
        body.put("by", by);
        return relay.post(PATH + "/report", body, QuarantineAnswers.Decided.class);
    }

    @Override
    public QuarantineAnswers.Digests digest(String recipient) {
        return relay.post(PATH + "/digest", Map.of("to", recipient), QuarantineAnswers.Digests.class);
    }
}
