package io.tidemark.bench;

/** One question about speed, with its data, its contenders and its goals. */
public interface Case {

    /** What it is called on the command line. */
    String name();

    /** One line for {@code --list}. */
    String about();

    /**
     * Makes its data, compares what the contenders find, and only then takes times.
     *
     * @throws WrongOutputException if the contenders do not agree
     */
    void run(Setting setting, Report report) throws Exception;
}
