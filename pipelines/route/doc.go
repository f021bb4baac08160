// Package route turns the records of one person into that person's facts: the
// rows of person, milestone, month_status, work_spell, job and bijstand_spell
// of one edition.
//
// It is a pure function: no clock, no disk, no network, no map order, and
// nothing kept between two persons except scratch memory. Its input is what
// holds in the edition (the newest version of every record, links applied),
// in any order; the same records always give the same rows in the same order.
//
// Every definition is the contract's (section 2) and DOMAIN's (section 4);
// their numbers and codes are a set with a version, see
// pipelines/route/definition.
// The folder spec/ holds them as cases that an analyst can read and add to;
// docs/how_we_count.md is made from that folder. Where the texts leave room,
// docs/decisions/route-choices.md says what was chosen.
package route

//go:generate go test . -run ^(TestHowWeCount|TestPublishedSetsKeepTheirFacts)$ -update
