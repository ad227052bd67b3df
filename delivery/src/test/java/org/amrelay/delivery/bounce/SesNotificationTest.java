// SPDX-License-Identifier: Apache-2.0
package org.amrelay.delivery.bounce;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import org.amrelay.delivery.bounce.reason.BounceCategory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Amazon SES tells, in all the envelopes in which it may come. */
class SesNotificationTest {
    private static final String MAIL = """
            "mail": {"source": "news@sender.example", "sourceIp": "192.0.2.9", "messageId": "0100-1",
              "destination": ["bob@far.example"],
              "headers": [{"name": "Message-ID", "value": "<abc@sender.example>"}],
              "commonHeaders": {"from": ["News <news@sender.example>"], "to": ["bob@far.example"]}}""";

    private final BounceParser parser = new BounceParser();

    private static String bounce(String type, String subtype, String recipient) {
        return "{\"notificationType\": \"Bounce\", \"bounce\": {\"bounceType\": \"" + type + "\", \"bounceSubType\": \""
                + subtype + "\", \"bouncedRecipients\": [" + recipient
                + "], \"reportingMTA\": \"dns; a1.smtp-out.amazonses.example\"}, " + MAIL + "}";
    }

    private static String recipient(String status, String diagnostic) {
        return "{\"emailAddress\": \"bob@far.example\", \"action\": \"failed\", \"status\": \"" + status
                + "\", \"diagnosticCode\": \"" + diagnostic + "\"}";
    }

    private BounceResult read(String body) {
        return parser.read(
                ("From: no-reply@sns.amazonaws.example\r\nTo: alice@sender.example\r\nSubject: AWS Notification"
                                + " Message\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n" + body)
                        .getBytes(UTF_8));
    }

    private void isTheBounce(BounceResult result) {
        assertThat(result).isInstanceOfSatisfying(BounceResult.Bounce.class, bounce -> {
            assertThat(bounce.recipients()).singleElement().satisfies(each -> {
                assertThat(each.address()).isEqualTo("bob@far.example");
                assertThat(each.reason().category()).isEqualTo(BounceCategory.ADDRESS_UNKNOWN);
                assertThat(each.reason().isDefinite()).isTrue();
                assertThat(each.remoteMta()).contains("a1.smtp-out.amazonses.example");
                assertThat(each.diagnostic()).isEqualTo("550 5.1.1 user unknown");
            });
            assertThat(bounce.original().messageId()).contains("<abc@sender.example>");
            assertThat(bounce.original().from()).containsExactly("news@sender.example");
            assertThat(bounce.original().to()).containsExactly("bob@far.example");
        });
    }

    @Test
    void readsABounceInEveryEnvelope() {
        String bounce = bounce("Permanent", "General", recipient("5.1.1", "smtp; 550 5.1.1 user unknown"));
        String inText = bounce.replace("\"", "\\\"").replace("\n", " ");
        isTheBounce(read(bounce));
        isTheBounce(read(bounce + "\n\n--\nIf you wish to stop receiving notifications, visit https://sns.example/\n"));
        isTheBounce(read("{\"Type\": \"Notification\", \"MessageId\": \"1\", \"Message\": \"" + inText + "\"}"));
        isTheBounce(read("{\"detail-type\": \"Email Bounced\", \"source\": \"aws.ses\", \"detail\": "
                + bounce.replace("notificationType", "eventType") + "}"));
        isTheBounce(read(bounce.replace("\"messageId\"", "!\n \"messageId\"")));
        isTheBounce(parser.read(("From: alerts@sender.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                        + "Content-Type: text/plain\n\nAn alert is attached.\n--b\nContent-Type: application/json\n"
                        + "Content-Transfer-Encoding: base64\n\n"
                        + Base64.getMimeEncoder().encodeToString(bounce.getBytes(UTF_8)) + "\n--b--\n")
                .getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "Permanent, NoEmail, ADDRESS_UNKNOWN, true, true",
        "Permanent, Suppressed, ADDRESS_UNKNOWN, true, false",
        "Permanent, OnAccountSuppressionList, POLICY, true, false",
        "Permanent, General, UNKNOWN, true, false",
        "Transient, MailboxFull, MAILBOX_FULL, false, true",
        "Transient, MessageTooLarge, SIZE, false, true",
        "Transient, ContentRejected, CONTENT, false, true",
        "Transient, AttachmentRejected, CONTENT, false, true",
        "Transient, CustomTimeoutExceeded, CONNECTION, false, true",
        "Undetermined, Undetermined, UNKNOWN, true, false"
    })
    void believesTheTypesWhereThereAreNoWords(
            String type, String subtype, BounceCategory category, boolean permanent, boolean sure) {
        BounceResult result = read(bounce(type, subtype, "{\"emailAddress\": \"bob@far.example\"}"));
        assertThat(result.recipients()).singleElement().satisfies(each -> {
            assertThat(each.reason().category()).isEqualTo(category);
            assertThat(each.reason().permanent()).isEqualTo(permanent);
            assertThat(each.reason().sure()).isEqualTo(sure);
        });
    }

    @Test
    void believesTheServersWordsMore() {
        BounceResult result =
                read(bounce("Permanent", "General", recipient("5.3.0", "smtp; 552 5.2.2 mailbox of bob is full")));
        assertThat(result.recipients().get(0).reason().category()).isEqualTo(BounceCategory.MAILBOX_FULL);
    }

    @Test
    void namesTheDestinationsWhenNoRecipientIsNamed() {
        assertThat(read(bounce("Permanent", "General", "")).recipients())
                .extracting(BouncedRecipient::address)
                .containsExactly("bob@far.example");
    }

    @Test
    void readsComplaintsDelaysRefusalsAndDeliveries() {
        assertThat(read("{\"notificationType\": \"Complaint\", \"complaint\": {\"complainedRecipients\":"
                        + " [{\"emailAddress\": \"bob@far.example\"}], \"complaintFeedbackType\": \"abuse\"}, " + MAIL
                        + "}"))
                .isInstanceOfSatisfying(BounceResult.Complaint.class, complaint -> {
                    assertThat(complaint.complainants()).containsExactly("bob@far.example");
                    assertThat(complaint.feedbackType()).isEqualTo("abuse");
                    assertThat(complaint.isUnwanted()).isTrue();
                    assertThat(complaint.sourceIp()).contains("192.0.2.9");
                    assertThat(complaint.original().messageId()).contains("<abc@sender.example>");
                });
        BounceResult delay =
                read("{\"eventType\": \"DeliveryDelay\", \"deliveryDelay\": {\"delayType\": \"MailboxFull\","
                        + " \"delayedRecipients\": [{\"emailAddress\": \"bob@far.example\", \"status\": \"4.2.2\"}]}, "
                        + MAIL
                        + "}");
        assertThat(delay).isInstanceOf(BounceResult.DelayNotice.class);
        assertThat(delay.recipients().get(0).reason().category()).isEqualTo(BounceCategory.MAILBOX_FULL);
        BounceResult reject =
                read("{\"eventType\": \"Reject\", \"reject\": {\"reason\": \"Bad content\"}, " + MAIL + "}");
        assertThat(reject).isInstanceOf(BounceResult.Bounce.class);
        assertThat(reject.recipients().get(0).reason().category()).isEqualTo(BounceCategory.CONTENT);
        assertThat(read("{\"notificationType\": \"Delivery\", \"delivery\": {\"recipients\": [\"bob@far.example\"]}, "
                        + MAIL + "}"))
                .isInstanceOfSatisfying(
                        BounceResult.SuccessNotice.class,
                        success ->
                                assertThat(success.recipients().get(0).action()).isEqualTo("delivered"));
    }

    @Test
    void takesOtherMailForWhatItIs() {
        for (String body : new String[] {
            "{\"eventType\": \"Send\", \"send\": {}, " + MAIL + "}",
            "{\"notificationType\": \"Bounce\"}",
            "{\"notificationType\": 5, \"mail\": {}}",
            "{\"Message\": \"{\\\"Message\\\": \\\"{}\\\"}\"}",
            "{\"detail\": {\"detail\": {\"detail\": {\"detail\": {\"eventType\": \"Bounce\", \"mail\": {}}}}}}",
            "{ not JSON \"",
            "Look at this:\n" + bounce("Permanent", "General", recipient("5.1.1", "x")),
            "{".repeat(50_000) + "\""
        }) {
            assertThat(read(body)).as(body).isInstanceOf(BounceResult.NotABounce.class);
        }
    }

    @Test
    void survivesValuesOfOtherShapes() {
        BounceResult result =
                read("{\"notificationType\": \"Bounce\", \"bounce\": {\"bouncedRecipients\": [5]}, \"mail\": {}}");
        assertThat(result.recipients())
                .singleElement()
                .satisfies(each -> assertThat(each.address()).isEmpty());
        assertThat(result.original().messageId()).isEqualTo(Optional.empty());
    }
}
