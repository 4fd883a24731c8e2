package io.tidemark.web.doctor;

/**
 * One thing that was looked at.
 *
 * @param subject what it was, in a word or two
 * @param found without a line break
 * @param remedy what to do; empty if nothing needs to be done
 */
public record Line(Verdict verdict, String subject, String found, String remedy) {
    public Line {
        // What was found may have been written by others.
        found = found.strip().replaceAll("\\p{C}+", " ");
        remedy = remedy.strip().replaceAll("\\p{C}+", " ");
    }

    public static Line ok(String subject, String found) {
        return new Line(Verdict.OK, subject, found, "");
    }

    public static Line warning(String subject, String found, String remedy) {
        return new Line(Verdict.WARNING, subject, found, remedy);
    }

    public static Line wrong(String subject, String found, String remedy) {
        return new Line(Verdict.WRONG, subject, found, remedy);
    }
}
