// Package totals adds up every layer of a build once more: the rows that were accepted, what the rules of versions take
// out of them, the records of persons, the facts. Where two layers differ by what no rule accounts for, the build is wrong.
//
// It works from the tables of the build and states the rules again in its own words. It therefore uses neither package
// versions nor the code of route: what both sides share, a fault in it would hide from the comparison. Of route it takes
// the published definitions, which are data.
package totals
