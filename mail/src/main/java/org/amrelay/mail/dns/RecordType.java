// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.dns;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * A type of record that can be asked for, with the form its answers take.
 *
 * <p>Immutable.
 *
 * @param <T> the form of one record
 */
public final class RecordType<T> {
    public static final RecordType<MxRecord> MX = new RecordType<>(
            Type.MX, record -> new MxRecord(((MXRecord) record).getPriority(), text(((MXRecord) record).getTarget())));
    public static final RecordType<InetAddress> A = new RecordType<>(Type.A, record -> ((ARecord) record).getAddress());
    public static final RecordType<InetAddress> AAAA =
            new RecordType<>(Type.AAAA, record -> ((AAAARecord) record).getAddress());
    /** The strings of one record joined without a space, octets as Latin-1. */
    public static final RecordType<String> TXT = new RecordType<>(Type.TXT, record -> joined((TXTRecord) record));

    public static final RecordType<String> PTR =
            new RecordType<>(Type.PTR, record -> text(((PTRRecord) record).getTarget()));
    /** The alias itself, which is not followed. */
    public static final RecordType<String> CNAME =
            new RecordType<>(Type.CNAME, record -> text(((CNAMERecord) record).getTarget()));

    public static final RecordType<TlsaRecord> TLSA =
            new RecordType<>(Type.TLSA, record -> association((TLSARecord) record));

    private final int number;
    private final Function<Record, T> reader;

    private RecordType(int number, Function<Record, T> reader) {
        this.number = number;
        this.reader = reader;
    }

    /** The number of the type in the protocol. */
    int number() {
        return number;
    }

    List<T> read(List<Record> records) {
        return records.stream().map(reader).toList();
    }

    @Override
    public String toString() {
        return Type.string(number);
    }

    /** A name as rooms write it: lower case, without final dot. */
    static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT).replaceFirst("^\\.$", "");
    }

    private static String joined(TXTRecord record) {
        StringBuilder text = new StringBuilder();
        for (byte[] part : record.getStringsAsByteArrays()) {
            text.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static TlsaRecord association(TLSARecord record) {
        return new TlsaRecord(
                record.getCertificateUsage(),
                record.getSelector(),
                record.getMatchingType(),
                HexFormat.of().formatHex(record.getCertificateAssociationData()));
    }
}
