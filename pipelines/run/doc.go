// Package run is the plan of the main job: read and load what is new, build
// the edition, make its marts; with a ledger of what was done. Each step is
// idempotent: the plan run again does only what is missing.
package run
