// SPDX-License-Identifier: Apache-2.0
package org.amrelay.filtering.preflight;

import java.util.List;
import org.amrelay.mail.message.MessageView;
import org.amrelay.mail.text.Folding;

/** How people are told that they can unsubscribe, in the languages of most mail. Stateless. */
final class UnsubscribeWords {
    private static final List<String> WORDS = List.of(
            "unsubscrib",
            "opt out",
            "opt-out",
            "manage preferences",
            "email preferences",
            "abmeld",
            "abbestell",
            "abonnement beenden",
            "austragen",
            "désabonn",
            "désinscri",
            "ne plus recevoir",
            "darse de baja",
            "darte de baja",
            "cancelar la suscripción",
            "cancelar suscripción",
            "anular la suscripción",
            "annulla l'iscrizione",
            "disiscriv",
            "cancella iscrizione",
            "cancelar a inscrição",
            "cancelar inscrição",
            "cancelar subscrição",
            "descadastr",
            "afmelden",
            "uitschrijven",
            "avregistrera",
            "avsluta prenumeration",
            "avmeld",
            "afmeld",
            "peruuta tilaus",
            "wypisz",
            "zrezygnuj z subskrypcji",
            "odhlásit",
            "odhlásiť",
            "leiratkoz",
            "dezabon",
            "отписаться",
            "отказаться от рассылки",
            "відписатися",
            "aboneliğ",
            "배신 거부",
            "수신거부",
            "수신 거부",
            "配信停止",
            "購読解除",
            "退订",
            "退訂",
            "取消订阅",
            "取消訂閱");
    private static final int LOOKED_AT = 65_536;

    private UnsubscribeWords() {}

    /** In the text, or in the address of a link. */
    static boolean isIn(MessageView view) {
        String text = view.text();
        String end = Folding.plain(text.length() > LOOKED_AT ? text.substring(text.length() - LOOKED_AT) : text);
        return WORDS.stream().anyMatch(end::contains)
                || view.links().stream()
                        .map(link -> Folding.plain(link.address().written()))
                        .anyMatch(written -> written.contains("unsub") || written.contains("optout"));
    }
}
