// Teleports the state RY(0.7)|0> from the first qubit to the third one.
OPENQASM 3.0;
include "stdgates.inc";

qubit[3] q;
bit[2] sent;
bit received;

ry(0.7) q[0];

// A Bell pair between sender and receiver.
h q[1];
cx q[1], q[2];

// The sender measures in the Bell basis ...
cx q[0], q[1];
h q[0];
sent[0] = measure q[0];
sent[1] = measure q[1];

// ... and the receiver corrects.
if (sent[1]) x q[2];
if (sent[0]) z q[2];

// Undoing the preparation shows that the state has arrived: received is always 0.
ry(-0.7) q[2];
received = measure q[2];
