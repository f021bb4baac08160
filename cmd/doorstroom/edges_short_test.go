//go:build !long

package main

// edgePersons are the odd people with records of any kind, per seed; a long run draws more of both.
const edgePersons = 60

var edgeSeeds = []uint64{1}
