package route

import (
	"fmt"
	"slices"
	"strings"
)

// rules are definitions in the form that rows are held against: what is asked
// of every wage row is a look-up by the number of its code.
type rules struct {
	Definitions
	paidWork  codeSet
	contracts contractKinds
}

// codeSet is a set of codes of two digits, see twoDigits.
type codeSet [256]bool

func (s *codeSet) has(code string) bool {
	n, ok := twoDigits(code)
	return ok && s[n]
}

// contractKinds gives the contract that a cd_aard makes by itself; NoContract when it makes none.
type contractKinds [256]Contract

func (k *contractKinds) of(code string) Contract {
	n, ok := twoDigits(code)
	if !ok {
		return NoContract
	}
	return k[n]
}

// twoDigits gives a number of its own to every code of two digits.
func twoDigits(code string) (n uint8, ok bool) {
	if len(code) != 2 {
		return 0, false
	}
	tens, ones := code[0]-'0', code[1]-'0'
	return tens<<4 | ones, tens < 10 && ones < 10
}

// follow takes definitions over; it is quick when they are those of before.
func (r *rules) follow(d *Definitions) error {
	if r.Definitions == *d && d.Version != "" {
		return nil
	}
	next := rules{Definitions: *d}
	for _, code := range strings.Fields(string(d.PaidWork)) {
		n, ok := twoDigits(code)
		if !ok {
			return d.broken("a srt_iv is not a code of two digits")
		}
		next.paidWork[n] = true
	}
	for _, kind := range []struct {
		codes    Codes
		contract Contract
	}{{d.AgencyWork, Agency}, {d.PayrollWork, Payroll}, {d.BBLWork, BBL}} {
		for _, code := range strings.Fields(string(kind.codes)) {
			n, ok := twoDigits(code)
			if !ok || next.contracts[n] != NoContract {
				return d.broken("a cd_aard is not a code of two digits, or makes two contracts")
			}
			next.contracts[n] = kind.contract
		}
	}
	if err := d.check(); err != nil {
		return err
	}
	*r = next
	return nil
}

// check refuses what cannot be meant.
func (d *Definitions) check() error {
	if d.Version == "" {
		return d.broken("they have no version")
	}
	if d.WorkGap < 0 || d.BijstandGap < 0 {
		return d.broken("a gap is below zero")
	}
	if d.HoursOver != PeriodDays && d.HoursOver != IntervalDays {
		return d.broken("weekly hours are over no days that a wage row has")
	}
	titles := strings.Fields(string(d.AsylumTitles + " " + d.ProtectionTitles + " " + d.ProcedureTitles))
	slices.Sort(titles)
	if len(slices.Compact(slices.Clone(titles))) < len(titles) {
		return d.broken("a title is of two kinds")
	}
	for i := range d.Sustained {
		if d.Sustained[i] < 1 || d.Outcomes[i] < 1 {
			return d.broken("a run or an outcome of less than a month")
		}
	}
	return nil
}

func (d *Definitions) broken(what string) error {
	return fmt.Errorf("route: the definitions %q of the edition do not hold together: %s; take one of Published", d.Version, what)
}
