// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.amrelay.mail.dns.DnsAnswer.Status;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Finds the answer in a response; records that do not belong to the question are ignored. */
final class ResponseReader {
    private static final int MOST_ALIASES = 10;
    /** RFC 2308 §5 allows up to three hours; shorter, as a sender waits for a domain that was just set up. */
    private static final long LONGEST_NEGATIVE_SECONDS = 3600;

    private static final long NEGATIVE_SECONDS_WITHOUT_SOA = 60;

    private ResponseReader() {}

    static <T> DnsAnswer<T> read(
            Message response, Name asked, RecordType<T> type, boolean authentic, Duration longest) {
        if (response.getRcode() == Rcode.NXDOMAIN) {
            return DnsAnswer.none(Status.NO_SUCH_NAME, authentic, negativeLifetime(response, longest));
        }
        List<Record> section = response.getSection(Section.ANSWER);
        Name name = asked;
        long seconds = longest.toSeconds();
        for (int aliases = 0; aliases <= MOST_ALIASES; aliases++) {
            List<Record> found = new ArrayList<>();
            Name target = name;
            for (Record record : section) {
                if (!record.getName().equals(name)) {
                    continue;
                }
                if (record.getType() == type.number()) {
                    found.add(record);
                    seconds = Math.min(seconds, record.getTTL());
                } else if (record.getType() == Type.CNAME) {
                    target = ((CNAMERecord) record).getTarget();
                    seconds = Math.min(seconds, record.getTTL());
                }
            }
            if (!found.isEmpty()) {
                return DnsAnswer.of(type.read(found), authentic, Duration.ofSeconds(seconds));
            }
            if (target.equals(name)) {
                return DnsAnswer.none(Status.NO_DATA, authentic, negativeLifetime(response, longest));
            }
            name = target;
        }
        return DnsAnswer.failure(Status.SERVER_FAILURE, "too many aliases from " + asked);
    }

    private static Duration negativeLifetime(Message response, Duration longest) {
        long seconds = NEGATIVE_SECONDS_WITHOUT_SOA;
        for (Record record : response.getSection(Section.AUTHORITY)) {
            if (record instanceof SOARecord soa) {
                seconds = Math.min(LONGEST_NEGATIVE_SECONDS, Math.min(soa.getTTL(), soa.getMinimum()));
            }
        }
        return Duration.ofSeconds(Math.min(seconds, longest.toSeconds()));
    }
}
