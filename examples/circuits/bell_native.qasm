OPENQASM 3.0;
include "stdgates.inc";
// A Bell pair in the gates of a superconducting device.
qubit[2] q;
bit[2] c;
rz(pi/2) q[0];
sx q[0];
rz(pi/2) q[0];
cx q[0], q[1];
c = measure q;
