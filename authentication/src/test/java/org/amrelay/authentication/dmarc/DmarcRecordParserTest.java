// SPDX-License-Identifier: Apache-2.0
package org.amrelay.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.amrelay.authentication.dmarc.DmarcRecord.FailureOption;
import org.junit.jupiter.api.Test;

class DmarcRecordParserTest {
    @Test
    void readsWhereReportsGo() {
        DmarcRecord record = DmarcRecordParser.parse(
                        "v=DMARC1; p=none; rua=mailto:a@x.example!10m , mailto:b@y.example, nonsense, ht tp://x; ruf=mailto:f@x.example; fo=1:d:s")
                .orElseThrow();
        assertThat(record.aggregateReports())
                .containsExactly(URI.create("mailto:a@x.example"), URI.create("mailto:b@y.example"));
        assertThat(record.failureReports()).containsExactly(URI.create("mailto:f@x.example"));
        assertThat(record.failureOptions())
                .isEqualTo(Set.of(FailureOption.ANY_FAILS, FailureOption.DKIM_FAILS, FailureOption.SPF_FAILS));
    }

    @Test
    void wantsAReportWhenAllFailsUnlessToldOtherwise() {
        assertThat(DmarcRecordParser.parse("v=DMARC1").orElseThrow().failureOptions())
                .containsExactly(FailureOption.ALL_FAIL);
        assertThat(DmarcRecordParser.parse("v=DMARC1; fo=x:1").orElseThrow().failureOptions())
                .containsExactly(FailureOption.ALL_FAIL);
    }

    @Property(seed = "1", tries = 2000)
    void survivesAnything(@ForAll @StringLength(max = 80) @CharRange(from = ' ', to = '~') String text) {
        assertThat(DmarcRecordParser.parse("v=DMARC1;" + text)).isPresent();
        assertThat(DmarcRecordParser.parse(text)).isNotNull();
    }
}
