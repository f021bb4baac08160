// Package job is the main job: read and load what is new, build the edition, make its marts; with a ledger of what was
// done, and a lease that keeps two runs from one warehouse. Each step is idempotent: the job run again does only what is
// missing.
//
// It starts no servers, reads no settings and prints nothing. How deliveries are read and where dbt is, the caller says.
package job
