package io.tidemark.web.command;

import io.tidemark.web.doctor.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Is told what {@code serve} is told, and says what would become of it. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Looks at a configuration and a table as 'serve' would be given them, changes nothing, and says what"
                        + " is wrong and how to mend it. Exits with 1 if something is wrong.",
        footer = Footers.SERVE)
final class DoctorCommand extends ServeCommand {
    private final Context context;

    @Option(names = "--json", description = "Prints JSON, for programs.")
    private boolean json;

    DoctorCommand(Context context) {
        super(context);
        this.context = context;
    }

    @Override
    public Integer call() {
        Visit visit = new Visit(this::config, () -> engine().cluster(context));
        visit.tell(context.out(), json);
        return visit.verdict() == Verdict.WRONG ? ExitCode.DIFFERENT : ExitCode.DONE;
    }
}
