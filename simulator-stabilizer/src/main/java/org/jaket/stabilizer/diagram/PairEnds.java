package org.jaket.stabilizer.diagram;

/**
 * What is drawn at the two ends of a two-qubit operation: the Pauli that controls or is applied, or
 * the whole name.
 */
record PairEnds(String first, String second) {
    static PairEnds of(String name) {
        return switch (name) {
            case "CX" -> new PairEnds("Z", "X");
            case "CY" -> new PairEnds("Z", "Y");
            case "CZ" -> new PairEnds("Z", "Z");
            case "XCX", "XCY", "XCZ", "YCX", "YCY", "YCZ" ->
                    new PairEnds(name.substring(0, 1), name.substring(2));
            case "CXSWAP" -> new PairEnds("ZSWAP", "XSWAP");
            case "CZSWAP" -> new PairEnds("ZSWAP", "ZSWAP");
            case "SWAPCX" -> new PairEnds("XSWAP", "ZSWAP");
            default -> new PairEnds(name, name);
        };
    }
}
