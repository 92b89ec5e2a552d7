package org.jaket.hardware.ibm;

/** A device file that is not what it should be: the message names the file and the field. */
public final class DeviceFormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /**
     * An error in a field.
     *
     * @param file the file's name
     * @param field the path to the field, such as {@code qubits[3].T1}; empty for the whole file
     */
    public DeviceFormatException(String file, String field, String message) {
        super(file + ": " + (field.isEmpty() ? "" : field + ": ") + message);
    }
}
