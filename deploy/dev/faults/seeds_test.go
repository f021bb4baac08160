//go:build !long

package main

// seeds is how many broken runs a test does.
const seeds = 15
