// Package publish is the only way out. It reads the tables of the catalogue
// from the marts of an edition, protects all of them at once together with
// everything that was published before, has the attack look at what an
// outsider would see, and only then lets one row make all of it visible in
// database publication.
//
// It decides nothing about single cells: pipelines/disclosure does, and
// pipelines/audit says whether that is enough.
package publish
