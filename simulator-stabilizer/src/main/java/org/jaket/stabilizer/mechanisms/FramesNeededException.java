package org.jaket.stabilizer.mechanisms;

/**
 * The circuit cannot be sampled from mechanisms: a detector is random without any error, or the
 * tables would be too large. Not a failure: such circuits are sampled with frames.
 */
final class FramesNeededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FramesNeededException(String message) {
        super(message, null, false, false);
    }
}
