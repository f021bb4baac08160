//go:build !long

package route_test

// persons is how many the property test draws, unless -rapid.checks says otherwise.
const persons = "5000"
