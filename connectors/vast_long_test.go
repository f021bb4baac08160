//go:build long

package connectors_test

// vast is how long the longest lines of the tests are, unpacked: more than 31
// bits count, and than a process may take.
const vast = 2<<30 + 1<<20
