// Package reference states the definitions of facts a second time: day by day,
// person by person, as slowly and plainly as the text of the contract reads. It
// shares no code with route but the types of the records that come in and the
// numbers of the definitions; what those mean is told here once more. The
// property tests of route hold the two equal in every column of every table.
//
// It is for tests only; nothing here is fast or meant to be.
package reference
