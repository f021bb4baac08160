//go:build long

package main

import (
	"regexp"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/pipelines/warehouse"
)

// hostileGroups tell the settings apart that could do one kind of harm; the first that fits has a setting.
var hostileGroups = []struct {
	name  string
	names *regexp.Regexp
}{
	{"limits and overflow modes", regexp.MustCompile(`^(limit|offset|max_|min_|additional_|partial_|discard_|force_)|overflow_mode|^ignore_`)},
	{"null handling", regexp.MustCompile(`null|nullable|omitted|empty_result`)},
	{"analyzer and names", regexp.MustCompile(`analyzer|alias|asterisk|positional|compatibility|dialect|identifier|scopes|enable_(global|order|unaligned)|nested|implicit`)},
	{"joins and sets", regexp.MustCompile(`join|union|intersect|except|distinct|totals|extremes|optimize|cnf`)},
	{"formats", regexp.MustCompile(`format|representation`)},
	{"time zones and values", regexp.MustCompile(`time|date|decimal|enum|float|short_circuit|splitby`)},
	{"query cache and what is read", regexp.MustCompile(`cache|final|apply_|deleted|inject_random`)},
	{"inserts and the rest", regexp.MustCompile(``)},
}

// TestNoGroupOfSettingsChangesAByte is TestNoProfileChangesAByte for one kind of harm at a time: what another setting of the
// same profile would hide, or stop with an error, cannot pass here.
func TestNoGroupOfSettingsChangesAByte(t *testing.T) {
	calm, landing, made := finishedWarehouse(t)
	want := calm.everything(made)
	members := map[string][]warehouse.Setting{}
	for _, s := range warehouse.OurSettings() {
		for _, g := range hostileGroups {
			if g.names.MatchString(s.Name) {
				members[g.name] = append(members[g.name], s)
				break
			}
		}
	}
	for _, g := range hostileGroups {
		t.Run(g.name, func(t *testing.T) {
			profile := hostile(members[g.name])
			if len(profile) == 0 {
				t.Fatal("no setting is of this kind")
			}
			t.Logf("%d settings", len(profile))
			server := clickhousetest.Start(t, clickhousetest.User{Name: "hostile", Password: "x", Profile: profile})
			newUser(t).as(server, "hostile").sees(want, landing)
		})
	}
}
