package io.tidemark.web.command;

import io.tidemark.web.config.WebhookSettings;
import io.tidemark.web.config.Webhooks;
import java.util.List;
import picocli.CommandLine.Option;

/** Where alerts are told, besides the page. Of the command line only: whoever uses the page must not choose whom this calls. */
final class AlertOptions {

    @Option(
            names = "--alert-webhook",
            paramLabel = "URL",
            description =
                    "Address to which alerts are posted as JSON when they fire and when they are over. Repeatable.")
    private List<String> webhooks;

    /** Signed with the secret of the environment, if there is one. */
    List<WebhookSettings> webhooks(Context context) {
        return Webhooks.parse(
                webhooks == null ? List.of() : webhooks, context.environment().get("TIDEMARK_ALERT_WEBHOOK_SECRET"));
    }
}
