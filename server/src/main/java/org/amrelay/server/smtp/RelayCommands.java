// SPDX-License-Identifier: Apache-2.0
package org.amrelay.server.smtp;

import java.util.List;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.lib.handler.HandlersPackage;
import org.apache.james.protocols.smtp.core.ExpnCmdHandler;
import org.apache.james.protocols.smtp.core.HelpCmdHandler;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.QuitCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.apache.james.protocols.smtp.core.UnknownCmdHandler;
import org.apache.james.protocols.smtp.core.VrfyCmdHandler;
import org.apache.james.protocols.smtp.core.esmtp.StartTlsCmdHandler;

/**
 * The commands that each of our servers knows: James' own where they hold nothing, ours where bytes, addresses,
 * passwords or messages come in. Hooks are added to them in the configuration.
 */
public final class RelayCommands implements HandlersPackage {
    @Override
    public List<String> getHandlers() {
        return List.of(
                CommandDispatcher.class.getName(),
                EhloCommand.class.getName(),
                StartTlsCmdHandler.class.getName(),
                AuthCommand.class.getName(),
                DataCommand.class.getName(),
                MailCommand.class.getName(),
                RcptCommand.class.getName(),
                RsetCmdHandler.class.getName(),
                NoopCmdHandler.class.getName(),
                QuitCmdHandler.class.getName(),
                VrfyCmdHandler.class.getName(),
                ExpnCmdHandler.class.getName(),
                HelpCmdHandler.class.getName(),
                UnknownCmdHandler.class.getName());
    }

    /** James' management beans would count what we measure ourselves; none are loaded. */
    public static final class NoBeans implements HandlersPackage {
        @Override
        public List<String> getHandlers() {
            return List.of();
        }
    }
}
