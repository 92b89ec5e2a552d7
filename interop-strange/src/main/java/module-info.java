/** A bridge to the library Strange, which is an automatic module: its jar has no descriptor. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module org.jaket.interop.strange {
    requires transitive org.jaket.circuit;
    requires transitive strange;
    requires org.jaket.statevector;
    requires static org.jspecify;

    exports org.jaket.interop.strange;
}
