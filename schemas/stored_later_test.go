package schemas

import "testing"

// TestStoredLater: a column that came later adds to the digested bytes where it is filled, under its name, and nothing
// where it is not.
func TestStoredLater(t *testing.T) {
	const row = "row"
	later := func(dst []byte, name string, absent string, value func([]byte) []byte) []byte {
		return storedLater(value(storedText(dst, true, []byte(name))), len(dst), name, absent)
	}
	for name, test := range map[string]struct {
		got  []byte
		want string
	}{
		"a text":       {later([]byte(row), "a", "\x00", func(b []byte) []byte { return storedText(b, true, []byte("x")) }), row + "\x01a\x01x"},
		"no text":      {later([]byte(row), "a", "\x00", func(b []byte) []byte { return storedText(b, false, nil) }), row},
		"a code":       {later([]byte(row), "a", "\x00", func(b []byte) []byte { return storedEnum8(b, true, 1) }), row + "\x01a\x01"},
		"no code":      {later([]byte(row), "a", "\x00", func(b []byte) []byte { return storedEnum8(b, false, 1) }), row},
		"a wide code":  {later([]byte(row), "a", "\x00\x00", func(b []byte) []byte { return storedEnum16(b, true, 256) }), row + "\x01a\x00\x01"},
		"no wide code": {later([]byte(row), "a", "\x00\x00", func(b []byte) []byte { return storedEnum16(b, true, 0) }), row},
		"a zero":       {later([]byte(row), "ab", "\x01", func(b []byte) []byte { return storedOptNumber[int32](b, true, int32(0)) }), row + "\x02ab\x00\x00\x00\x00\x00"},
		"no number":    {later([]byte(row), "ab", "\x01", func(b []byte) []byte { return storedOptNumber[int32](b, false, int32(0)) }), row},
	} {
		if string(test.got) != test.want {
			t.Errorf("%s gives %q, want %q", name, test.got, test.want)
		}
	}
}
