package org.jaket.stabilizer.results;

import java.io.IOException;

/** Result data that does not follow its format; the message says what is wrong and where. */
public final class ResultFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ResultFormatException(String message) {
        super(message);
    }
}
