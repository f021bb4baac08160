// Package link makes persons out of pseudonyms (DOMAIN section 3).
//
// A record with both pseudonyms is evidence that they are the same human being.
// A person is a connected set of pseudonyms; a set with two or more B is a
// conflict, and each of its pseudonyms is then a person of its own.
//
// The package is pure: it knows pseudonyms and who delivered them, nothing of
// where they are kept. The same pairs in any order give the same persons.
package link
