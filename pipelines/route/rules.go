package route

import (
	"strings"

	"doorstroom/pipelines/route/definition"
)

// rules are definitions in the form that rows are held against: what is asked
// of every wage row is a look-up by the number of its code.
type rules struct {
	definition.Set
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
func (r *rules) follow(d *definition.Set) error {
	if r.Set == *d && d.Version != "" {
		return nil
	}
	next := rules{Set: *d}
	for _, code := range strings.Fields(string(d.PaidWork)) {
		n, ok := twoDigits(code)
		if !ok {
			return d.Broken("a srt_iv is not a code of two digits")
		}
		next.paidWork[n] = true
	}
	for _, kind := range []struct {
		codes    definition.Codes
		contract Contract
	}{{d.AgencyWork, Agency}, {d.PayrollWork, Payroll}, {d.BBLWork, BBL}} {
		for _, code := range strings.Fields(string(kind.codes)) {
			n, ok := twoDigits(code)
			if !ok || next.contracts[n] != NoContract {
				return d.Broken("a cd_aard is not a code of two digits, or makes two contracts")
			}
			next.contracts[n] = kind.contract
		}
	}
	if err := d.Check(); err != nil {
		return err
	}
	*r = next
	return nil
}
