package io.tidemark;

import io.tidemark.web.command.TidemarkCommand;

/** The process. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(TidemarkCommand.run(arguments, System.getenv(), System.out, System.err));
    }
}
