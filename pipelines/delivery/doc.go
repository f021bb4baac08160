// Package delivery decides about deliveries: it reconciles what stands in the raw tables with what a supplier promised and
// with what was counted when the files were read, accepts, refuses or holds, lets an operator release and withdraw, and lists
// what came in. Nothing unaccepted is visible downstream.
package delivery
