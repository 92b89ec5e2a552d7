package org.jaket.cli;

/** What is known of the terminal. */
final class Terminal {
    private static final int DEFAULT_WIDTH = 120;

    private Terminal() {}

    /** Characters in a line: the COLUMNS variable, or a usual width. */
    static int width() {
        String columns = System.getenv("COLUMNS");
        if (columns != null && columns.matches("[1-9][0-9]{0,5}")) {
            return Math.max(20, Integer.parseInt(columns));
        }
        return DEFAULT_WIDTH;
    }

    /**
     * Whether standard output is a terminal, as far as the launcher has said so: the JVM cannot
     * tell.
     */
    static boolean showsResults() {
        return Boolean.getBoolean("jaket.stdout.terminal");
    }

    /** Whether standard error is a terminal: progress is shown only then. */
    static boolean showsProgress() {
        return Boolean.getBoolean("jaket.stderr.terminal");
    }
}
