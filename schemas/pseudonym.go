package schemas

import (
	"bytes"
	"encoding/base32"
)

// PseudonymLen is the length of a pseudonym as delivered.
const PseudonymLen = 26

const pseudonymAlphabet = "abcdefghijklmnopqrstuvwxyz234567"

var pseudonymEncoding = base32.NewEncoding(pseudonymAlphabet).WithPadding(base32.NoPadding)

// Pseudonym is a keyed pseudonym of a V-nummer, a BSN or an employer: 16 bytes,
// delivered as 26 characters of lower-case base32 (RFC 4648, no padding).
// The zero value is absent. It never prints itself: logs must not hold it.
type Pseudonym struct {
	Key   [16]byte
	Valid bool
}

// pseudonymDigit maps a character to its five bits, 0xff for any other.
var pseudonymDigit = func() (t [256]byte) {
	for i := range t {
		t[i] = 0xff
	}
	for i, c := range []byte(pseudonymAlphabet) {
		t[c] = byte(i)
	}
	return t
}()

// ParsePseudonym reads the 26 characters; false for anything else.
func ParsePseudonym(s []byte) (Pseudonym, bool) {
	var p Pseudonym
	if len(s) != PseudonymLen || pseudonymDigit[s[25]]&3 != 0 || pseudonymDigit[s[25]] == 0xff {
		return p, false
	}
	var acc uint64
	var bits, out int
	for _, c := range s {
		d := pseudonymDigit[c]
		if d == 0xff {
			return Pseudonym{}, false
		}
		acc = acc<<5 | uint64(d)
		if bits += 5; bits >= 8 && out < 16 {
			bits -= 8
			p.Key[out] = byte(acc >> bits)
			out++
		}
	}
	p.Valid = true
	return p, true
}

// AppendText appends the 26 characters as delivered; nothing when absent.
func (p Pseudonym) AppendText(dst []byte) []byte {
	if !p.Valid {
		return dst
	}
	return pseudonymEncoding.AppendEncode(dst, p.Key[:])
}

// Text gives the 26 characters. For data only, never for a log or an error.
func (p Pseudonym) Text() string { return string(p.AppendText(nil)) }

// Less compares as the contract does, by the bytes of the 26 characters
// (digits before letters), not by the decoded 16 bytes.
func (p Pseudonym) Less(q Pseudonym) bool {
	var a, b [PseudonymLen]byte
	return bytes.Compare(p.AppendText(a[:0]), q.AppendText(b[:0])) < 0
}

// String redacts: a pseudonym identifies a person within the program.
func (p Pseudonym) String() string { return "**pseudonym**" }

// GoString redacts as String does.
func (p Pseudonym) GoString() string { return p.String() }
