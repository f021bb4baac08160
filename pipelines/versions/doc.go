// Package versions decides which records are effective in an edition: contract section 1, "Versions", in one place.
//
// Suppliers deliver records again and again. An edition looks at the rows of accepted deliveries up to its cut-off that
// no newer full delivery replaced (scope.go). Of each record among them the newest version counts, unless it deletes the
// record (order.go); of records that correct each other (corrected_by in the schema) the newest of each period counts.
// Those are the effective records.
//
// The rule is applied in two ways, which a test holds together: by SQL to the rows of everybody (Selection, for
// builds), and in Go to the rows of a few people (Resolve, for whoever has to tell why a row does not count). Both take
// scope, order and keys from here. The control totals of a build check the outcome and therefore use nothing of this.
//
// The package is pure: it renders SQL and runs none.
package versions
