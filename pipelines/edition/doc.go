// Package edition makes an edition: everything as it was known on one cut-off day.
//
// Builder.Build goes through these steps, all of them from the accepted
// deliveries and nothing else, so that the same deliveries give the same rows:
//
//  1. scope.go: which loads count, and from which full delivery on (contract section 1, Versions).
//  2. holding.go: which rows hold among them; rows that others contest are resolved apart, the rest hold as they are.
//  3. linking.go: persons out of the pseudonyms of what holds (package link).
//  4. shuffle.go: what holds goes to tables of database work, sorted by person.
//  5. cut.go: slices of persons go through a Kafka topic to package slice, here or in other processes. A worker
//     reads its slice, runs route.Builder over each person and inserts the rows under the number of the build.
//  6. build.go: when every slice reconciles, one row in ops.edition makes the build stand.
//
// The tables of database facts are views that show only what stands. A build
// that failed is never seen, and its rows go at the next start.
package edition
