// Package newsupplier holds CONTRIBUTING to its word: a supplier that nobody
// thought of, RefugeeWork, is added to a copy of the project exactly as the
// page says, and the changed program is run on a warehouse of the unchanged one.
// What is added lies in testdata; there is no code of the program here.
package newsupplier
