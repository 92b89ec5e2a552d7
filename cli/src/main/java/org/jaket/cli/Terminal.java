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

    /** Whether a person is watching: progress goes to stderr only then. */
    static boolean isInteractive() {
        return System.console() != null && System.console().isTerminal();
    }
}
