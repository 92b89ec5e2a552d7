package org.jaket.annealing.file;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a number is stored, by the names of NumPy. */
enum NumberType {
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    FLOAT32(4),
    FLOAT64(8);

    static final Map<String, NumberType> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toMap(t -> t.name().toLowerCase(Locale.ROOT), t -> t));

    final int bytes;

    NumberType(int bytes) {
        this.bytes = bytes;
    }

    boolean isReal() {
        return this == FLOAT32 || this == FLOAT64;
    }
}
