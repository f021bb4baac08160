// Package slice makes the facts of editions, a slice of persons at a time: the topic that hands slices out, the pool of
// workers that takes them, the columns in which records come from the work tables and facts go into their tables. What an
// edition is made of is decided in pipelines/edition.
package slice
