/** Circuits, their text formats, and the passes over them. */
module org.jaket.circuit {
    requires static org.jspecify;
}
