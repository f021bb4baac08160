//go:build !long

package disclosure_test

const catalogues = 60
