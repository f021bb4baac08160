// Package reference holds the code lists and the dated geography that the
// contract names, made from public sources (SOURCES.md) and embedded in the
// program. A code outside its list is a rejection, never a default.
package reference
