/** The matrix-product-state engine. */
module org.jaket.mps {
    requires transitive org.jaket.circuit;
    requires static org.jspecify;

    exports org.jaket.mps;
}
