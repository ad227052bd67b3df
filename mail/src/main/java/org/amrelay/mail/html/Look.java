// SPDX-License-Identifier: Apache-2.0
package org.amrelay.mail.html;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jsoup.nodes.Element;

/**
 * How text inside of an element looks. Immutable.
 *
 * @param gone why it cannot be seen, whatever elements inside say
 * @param veiled why it cannot be seen unless an element inside says otherwise
 * @param tiny whether its letters are too small to be seen
 */
record Look(int colour, int ground, Optional<Hiding> gone, Optional<Hiding> veiled, boolean tiny, boolean hasPicture) {
    static final Look PLAIN = new Look(Colour.BLACK, Colour.WHITE, Optional.empty(), Optional.empty(), false, false);

    private static final double FAR_AWAY = -900;

    /** Why the text cannot be seen; empty when it can. */
    Optional<Hiding> hiding() {
        if (gone.isPresent()) {
            return gone;
        }
        if (veiled.isPresent()) {
            return veiled;
        }
        if (tiny) {
            return Optional.of(Hiding.TINY_FONT);
        }
        return !hasPicture && Colour.same(colour, ground) ? Optional.of(Hiding.SAME_COLOUR) : Optional.empty();
    }

    /** The look inside of an element within. */
    Look within(Element element, StyleSheet sheet) {
        Look look = this;
        String tag = element.normalName();
        if (isNeverDrawn(tag)) {
            return look.gone(Hiding.NOT_DRAWN);
        }
        if (!sheet.isEmpty()) {
            for (Declarations rule : sheet.of(element)) {
                look = look.styled(rule);
            }
        }
        if (element.attributesSize() == 0) {
            return look;
        }
        if (element.hasAttr("hidden")) {
            look = look.gone(Hiding.HIDDEN_ATTRIBUTE);
        }
        look = look.coloured(element.attr("color"), element.attr("bgcolor"), element.hasAttr("background"));
        if (tag.equals("body")) {
            look = look.coloured(element.attr("text"), "", false);
        }
        String style = element.attr("style");
        return style.isEmpty() ? look : look.styled(Declarations.parse(style));
    }

    private static boolean isNeverDrawn(String tag) {
        return switch (tag) {
            case "template", "noembed", "noframes", "datalist", "head", "title", "script", "style" -> true;
            default -> false;
        };
    }

    private Look gone(Hiding why) {
        return gone.isPresent() ? this : new Look(colour, ground, Optional.of(why), veiled, tiny, hasPicture);
    }

    private Look veiled(Optional<Hiding> why) {
        return new Look(colour, ground, gone, why, tiny, hasPicture);
    }

    private Look coloured(String colourName, String groundName, boolean picture) {
        OptionalInt newColour =
                colourName.isEmpty() ? OptionalInt.empty() : Colour.parse(colourName.toLowerCase(Locale.ROOT));
        OptionalInt newGround =
                groundName.isEmpty() ? OptionalInt.empty() : Colour.parse(groundName.toLowerCase(Locale.ROOT));
        if (newColour.isEmpty() && newGround.isEmpty() && !picture) {
            return this;
        }
        boolean pictured = picture || hasPicture && newGround.isEmpty();
        return new Look(newColour.orElse(colour), newGround.orElse(ground), gone, veiled, tiny, pictured);
    }

    private Look styled(Declarations style) {
        Look look = this;
        Optional<Hiding> away = away(style);
        if (away.isPresent()) {
            look = look.gone(away.get());
        }
        String visibility = style.value("visibility");
        if (!visibility.isEmpty()) {
            boolean veils = visibility.equals("hidden") || visibility.equals("collapse");
            look = look.veiled(veils ? Optional.of(Hiding.VISIBILITY) : Optional.empty());
        }
        look = look.sized(style);
        String background = style.value("background");
        String ground = style.value("background-color").isEmpty() ? background : style.value("background-color");
        boolean picture = background.contains("url(")
                || background.contains("gradient")
                || !style.value("background-image").isEmpty();
        return look.coloured(style.value("color"), ground, picture);
    }

    private Look sized(Declarations style) {
        String size = style.value("font-size").isEmpty() ? style.value("font") : style.value("font-size");
        double number = Declarations.leadingNumber(size);
        if (Double.isNaN(number) || style.value("font-size").isEmpty() && !size.contains("px")) {
            return this;
        }
        boolean relative = size.contains("em") || size.endsWith("%");
        boolean small = relative ? number <= (size.endsWith("%") ? 5 : 0.05) : number <= 2;
        return small == tiny ? this : new Look(colour, ground, gone, veiled, small, hasPicture);
    }

    private static Optional<Hiding> away(Declarations style) {
        if (style.has("display", "none")) {
            return Optional.of(Hiding.DISPLAY_NONE);
        }
        if (style.number("opacity") < 0.06
                || style.value("filter").contains("opacity=0")
                || isClear(style.value("color"))) {
            return Optional.of(Hiding.TRANSPARENT);
        }
        boolean placed = style.has("position", "absolute")
                || style.has("position", "fixed")
                || style.has("position", "relative");
        if (style.number("text-indent") < FAR_AWAY
                || style.number("margin-left") < FAR_AWAY
                || placed && (style.number("left") < FAR_AWAY || style.number("top") < FAR_AWAY)) {
            return Optional.of(Hiding.OFF_SCREEN);
        }
        boolean cut = style.value("overflow").contains("hidden")
                || style.value("overflow-y").contains("hidden");
        boolean noSpace = isZero(style, "height")
                || isZero(style, "max-height")
                || isZero(style, "width")
                || isZero(style, "max-width");
        return cut && noSpace ? Optional.of(Hiding.NO_SPACE) : Optional.empty();
    }

    private static boolean isZero(Declarations style, String property) {
        return style.number(property) <= 1
                && !style.value(property).endsWith("%")
                && !style.value(property).contains("em");
    }

    private static boolean isClear(String colour) {
        if (colour.equals("transparent")) {
            return true;
        }
        if (!colour.startsWith("rgba(")) {
            return false;
        }
        int comma = colour.lastIndexOf(',');
        return comma > 0
                && Declarations.leadingNumber(colour.substring(comma + 1).strip()) < 0.06;
    }
}
