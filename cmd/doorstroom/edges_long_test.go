//go:build long

package main

// edgePersons are the odd people with records of any kind, per seed.
const edgePersons = 1000

var edgeSeeds = []uint64{1, 2, 3, 4, 5, 6, 7, 8}
