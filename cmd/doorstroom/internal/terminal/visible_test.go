package terminal

import (
	"bytes"
	"testing"
)

func TestVisible(t *testing.T) {
	for name, test := range map[string]struct{ in, text, line string }{
		"letters":        {"Fryslân ░ ε 😀", "Fryslân ░ ε 😀", "Fryslân ░ ε 😀"},
		"colours":        {"\x1b[31mred", `\u001b[31mred`, `\u001b[31mred`},
		"one byte":       {"a\u009b31m", `a\u009b31m`, `a\u009b31m`},
		"a carriage":     {"ok\rno", `ok\u000dno`, `ok\u000dno`},
		"two lines":      {"a\nb\tc", "a\nb\tc", `a\u000ab\u0009c`},
		"turned round":   {"a\u202eb\u2066c", `a\u202eb\u2066c`, `a\u202eb\u2066c`},
		"not seen":       {"a\u200bb\u00a0c\ufeff", `a\u200bb\u00a0c\ufeff`, `a\u200bb\u00a0c\ufeff`},
		"a tag":          {"a\U000e0041", `a\udb40\udc41`, `a\udb40\udc41`},
		"delete":         {"\x7f", `\u007f`, `\u007f`},
		"no UTF-8":       {"a\xffb", `a` + "\ufffd" + `b`, `a` + "\ufffd" + `b`},
		"other line end": {"a\u2028b\u0085", `a\u2028b\u0085`, `a\u2028b\u0085`},
	} {
		t.Run(name, func(t *testing.T) {
			var whole, bytewise bytes.Buffer
			a, b := &Visible{Out: &whole}, &Visible{Out: &bytewise}
			_, _ = a.Write([]byte(test.in))
			for i := range len(test.in) {
				_, _ = b.Write([]byte(test.in)[i : i+1])
			}
			if whole.String() != test.text || bytewise.String() != test.text {
				t.Errorf("written are %q and, byte by byte, %q, want %q", whole.String(), bytewise.String(), test.text)
			}
			if got := Shown(test.in); got != test.line {
				t.Errorf("shown is %q, want %q", got, test.line)
			}
		})
	}
}

func TestSheetBeginsNoFormula(t *testing.T) {
	var out bytes.Buffer
	s := NewSheet(&out)
	for _, cell := range []string{"=cmd()", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "a=b", "", "2026-01-01", "x;=cmd()", "a,;-1;@b", "no; a =b"} {
		_ = s.Write([]string{cell, "x"})
	}
	s.Flush()
	if want := "'=cmd(),x\n'+1,x\n'-1,x\n'@SUM(1),x\n\\u0009=1,x\n\\u000d=1,x\na=b,x\n,x\n2026-01-01,x\nx;'=cmd(),x\n\"a,;'-1;'@b\",x\nno; a =b,x\n"; out.String() != want {
		t.Errorf("written is %q, want %q", out.String(), want)
	}
}
