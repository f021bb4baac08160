//go:build !long

package connectors_test

// vast is how long the longest lines of the tests are, unpacked: far longer than
// the memory that they may take. With -tags long they are longer than 2 GiB.
const vast = 128 << 20
