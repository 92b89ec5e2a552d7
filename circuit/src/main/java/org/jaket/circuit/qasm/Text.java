package org.jaket.circuit.qasm;

/** Words in messages. */
final class Text {
    private Text() {}

    /** A text cut to a length that fits a message. */
    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }
}
