// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlReaderTest {
    private static HtmlContent read(String html) {
        return HtmlReader.read(html, HtmlLimits.usual());
    }

    @Test
    void givesTheTextThatIsSeen() {
        HtmlContent html = read(
                "<title>T</title><p>one  <b>two</b>\n three</p><div>four<br>five</div>"
                        + "<table><tr><td>a</td><td>b</td></tr></table><script>x</script><style>y</style><pre>k\n l</pre>&nbsp;&eacute;");
        assertThat(html.visible()).isEqualTo("one two three\nfour\nfive\na\nb\nk\nl\n\u00e9");
        assertThat(html.title()).isEqualTo("T");
        assertThat(html.hidden()).isEmpty();
        assertThat(html.scripts()).isOne();
        assertThat(html.isWhole()).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <p style="display:none">x</p> | display-none
            <p style="DISPLAY : NONE !important">x</p> | display-none
            <div style="display:none"><p style="display:block">x</p></div> | display-none
            <p style="visibility:hidden">x</p> | visibility
            <p style="opacity:0">x</p> | transparent
            <p style="color:rgba(0,0,0,0)">x</p> | transparent
            <p style="color:transparent">x</p> | transparent
            <p style="font-size:0">x</p> | tiny-font
            <p style="font-size:1px">x</p> | tiny-font
            <p style="font:1px/1 Arial">x</p> | tiny-font
            <p style="color:#fff">x</p> | same-colour
            <p style="color:white">x</p> | same-colour
            <font color=white>x</font> | same-colour
            <font color=#fefefe>x</font> | same-colour
            <p style="color:rgb(255, 255, 255)">x</p> | same-colour
            <table bgcolor=black><td style="color:#000">x</table> | same-colour
            <div style="background:#336699"><p style="color:#336699">x</p></div> | same-colour
            <p style="position:absolute;left:-9999px">x</p> | off-screen
            <p style="text-indent:-5000px">x</p> | off-screen
            <p style="max-height:0;overflow:hidden">x</p> | no-space
            <p style="height:0px;overflow:hidden">x</p> | no-space
            <p hidden>x</p> | hidden-attribute
            <template>x</template> | not-drawn
            <style>.h{display:none}</style><p class="a h">x</p> | display-none
            <style>@media print{.h{display:none}} #i,p.j{font-size:0}</style><p class=j>x</p> | tiny-font
            """)
    void knowsHiddenText(String source, String hiding) {
        HtmlContent html = read(source + "<p>seen</p>");
        assertThat(html.hidden().strip()).isEqualTo("x");
        assertThat(html.visible().strip()).isEqualTo("seen");
        assertThat(html.hiding()).extracting(Hiding::text).containsExactly(hiding);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            <p style="color:#fff;background:#000">x</p>
            <div style="background:black"><font color=white>x</font></div>
            <div style="background:url(a.png)"><font color=white>x</font></div>
            <table background=a.png><td style="color:white">x</table>
            <div style="visibility:hidden"><p style="visibility:visible">x</p></div>
            <div style="font-size:0"><p style="font-size:14px">x</p></div>
            <p style="font-size:1em">x</p>
            <p style="opacity:0.9">x</p>
            <p style="height:0">x</p>
            <style>@media screen{.h{display:none}}</style><p class=h>x</p>
            <body text=white bgcolor=navy>x
            """)
    void knowsTextThatIsSeen(String source) {
        assertThat(read(source).visible().strip()).isEqualTo("x");
        assertThat(read(source).hiding()).isEmpty();
    }

    @Test
    void comparesWhatALinkShowsWithWhereItLeads() {
        HtmlContent html = read("<a href='http://evil.example/'>https://www.bank.example/login</a>"
                + "<a href='https://www.shop.example/a'>shop.example</a><a href='http://x.example'>click here</a>"
                + "<a href='http://y.example'><img src=cid:1 alt='bank.example.com'></a>"
                + "<p style='display:none'><a href='http://z.example'>hidden</a></p>");
        assertThat(html.links())
                .extracting(HtmlLink::showsAnotherHost)
                .containsExactly(true, false, false, true, false);
        assertThat(html.links()).extracting(HtmlLink::isHidden).containsExactly(false, false, false, false, true);
        assertThat(html.links().get(2).text()).isEqualTo("click here");
        assertThat(html.links().get(4).text()).isEqualTo("hidden");
        assertThat(html.images()).extracting(HtmlImage::origin).containsExactly(HtmlImage.Origin.PART);
    }

    @Test
    void appliesTheBase() {
        HtmlContent html = read(
                "<base href='http://evil.example/a/b'><a href='c'>x</a><a href='/d'>x</a><a href='//e.example/f'>x</a>"
                        + "<a href='?g'>x</a><a href='https://h.example/'>x</a>");
        assertThat(html.links())
                .extracting(link -> link.address().normal())
                .containsExactly(
                        "http://evil.example/a/c",
                        "http://evil.example/d",
                        "http://e.example/f",
                        "http://evil.example/a/b?g",
                        "https://h.example/");
        assertThat(read("<a href='/d'>x</a><a href='#e'>x</a>").links())
                .allMatch(link -> !link.address().hasHost());
    }

    @Test
    void findsFormsAndPasswords() {
        HtmlContent html =
                read("<form action=https://evil.example/post><input name=u><input type=PASSWORD><input type=hidden>"
                        + "<input type=submit></form>");
        assertThat(html.forms()).singleElement().satisfies(form -> {
            assertThat(form.action())
                    .hasValueSatisfying(to -> assertThat(to.host()).isEqualTo("evil.example"));
            assertThat(form.fields()).isEqualTo(2);
            assertThat(form.passwordFields()).isOne();
        });
        assertThat(read("<input type=password>").forms()).hasSize(1);
        assertThat(read("<form action=a><input><p>").forms()).hasSize(1);
    }

    @Test
    void findsWhatIsFetchedOrFollowed() {
        HtmlContent html = read(
                "<meta http-equiv=refresh content=\"0; URL='http://r.example/'\"><link rel=stylesheet href=http://s.example/>"
                        + "<img src=http://i.example/p.gif width=1 height=1><img src=data:image/png;base64,AAAA>"
                        + "<iframe src=http://f.example/></iframe><p style=\"background:url('http://b.example/x')\" onclick=y()>x</p>"
                        + "<style>p{background:url(http://c.example/z)}</style><script src=http://j.example/></script>"
                        + "<a href='javascript:z()'>x</a>");
        assertThat(html.refreshes()).extracting(to -> to.host()).containsExactly("r.example");
        assertThat(html.addresses())
                .extracting(to -> to.host())
                .containsExactlyInAnyOrder("s.example", "f.example", "b.example", "c.example", "j.example");
        assertThat(html.images()).extracting(HtmlImage::isBeacon).containsExactly(true, false);
        assertThat(html.images().get(1).origin()).isEqualTo(HtmlImage.Origin.INLINE);
        assertThat(html.scripts()).isEqualTo(3);
    }

    @Test
    void readsWhatOnlyOutlookShows() {
        HtmlContent html = read(
                "<!--[if mso]><p>only <a href='http://o.example/'>outlook</a></p><![endif]--><!-- plain --><p>all</p>");
        assertThat(html.conditional().strip()).isEqualTo("only outlook");
        assertThat(html.links()).extracting(link -> link.address().host()).containsExactly("o.example");
        assertThat(html.visible().strip()).isEqualTo("all");
    }

    @Test
    void countsInvisibleCharacters() {
        assertThat(read("<p>v&#8203;i&#173;a&zwnj;gra</p>").invisibleCharacters())
                .isEqualTo(3);
    }

    @Test
    void staysWithinItsLimits() {
        HtmlLimits small = new HtmlLimits(1000, 10, 5);
        assertThat(HtmlReader.read("<a href=http://a.example>x</a>".repeat(1000), small)
                        .links())
                .hasSize(5);
        assertThat(HtmlReader.read("<a href=http://a.example>x</a>".repeat(1000), small)
                        .isWhole())
                .isFalse();
        assertThat(HtmlReader.read("<div>".repeat(190) + "x", small).visible().strip())
                .isEqualTo("x");
        assertThat(HtmlReader.read("x".repeat(2000), small).visible()).hasSize(1000);
        assertThat(read("<b><i><p>".repeat(20_000) + "x").visible()).contains("x");
    }

    @Test
    void readsNothingWithoutFailing() {
        assertThat(read("").visible()).isEmpty();
        assertThat(read("<").isWhole()).isTrue();
        assertThat(read("<!--[if mso]>").conditional()).isEmpty();
        assertThat(read("<!--[if mso]><![endif]-->").conditional()).isEmpty();
    }
}
