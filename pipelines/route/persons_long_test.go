//go:build long

package route_test

// persons is how many the property test draws in a long run, unless -rapid.checks says otherwise.
const persons = "100000"
