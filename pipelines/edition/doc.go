// Package edition makes an edition: everything as it was known on one cut-off day.
//
// Builder.Build goes through these steps, all of them from the accepted
// deliveries and nothing else, so that the same deliveries give the same rows:
//
//  1. workspace.go: which loads count, and from which full delivery on (package versions).
//  2. effective.go: the effective records; rows that others contest are resolved apart, the rest are effective as they are.
//  3. pairs.go, linking.go: persons out of the pseudonyms of effective records (package link).
//  4. shuffle.go: effective records go to tables of database work, sorted by person.
//  5. slices.go: slices of persons go through a Kafka topic to package slice, here or in other processes. A worker
//     reads its slice, runs route.Builder over each person and inserts the rows under the number of the build.
//  6. finish.go: when every slice and every total (package totals) reconciles, one row in ops.edition makes the build current.
//
// The tables of database facts are views that show the current builds alone. A build
// that failed is never seen, and its rows go at the next start.
package edition
