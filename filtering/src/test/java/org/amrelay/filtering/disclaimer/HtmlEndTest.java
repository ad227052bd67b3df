// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.disclaimer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlEndTest {
    @ParameterizedTest
    @CsvSource({
        "<body>a|</body></html>",
        "<body>a</body>b|</BODY >",
        "<html>a|</html>",
        "a <b>c</b>|",
        "a|<!-- </body>",
        "a|</body><!-- </body> -->",
        "a<script>'</body>'</script>|</body>",
        "a|<style>p {}",
        "a</bodyguard>|",
        "a <|"
    })
    void endsWhereAReaderArrives(String marked) {
        assertThat(HtmlEnd.of(marked.replace("|", ""))).isEqualTo(marked.indexOf('|'));
    }
}
