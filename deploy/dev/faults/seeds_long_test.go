//go:build long

package main

// seeds is how many broken runs the long test does.
const seeds = 200
