package load

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/ClickHouse/ch-go/proto"
)

// seen is a block that keeps the bodies of messages.
type seen struct {
	columns
	bodies []string
}

func (s *seen) append(body []byte) error {
	s.bodies = append(s.bodies, string(body))
	return nil
}

// TestFraming: a zero byte, the four bytes of a schema that is of the topic, then the body, which may be empty.
func TestFraming(t *testing.T) {
	a, to := &appender{ids: map[uint32]bool{7: true, 8: false}}, new(seen)
	for _, c := range []struct {
		name, message string
		want          error
	}{
		{"nothing", "", errFrame},
		{"less than a frame", "\x00\x00\x00\x00", errFrame},
		{"another first byte", "\x01\x00\x00\x00\x07body", errFrame},
		{"a schema of another topic", "\x00\x00\x00\x00\x08body", errSchema},
		{"a schema nobody knows", "\x00\x00\x00\x01\x07body", errSchema},
		{"an empty body", "\x00\x00\x00\x00\x07", nil},
		{"a body", "\x00\x00\x00\x00\x07body", nil},
	} {
		if err := a.add(to, []byte(c.message)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if want := []string{"", "body"}; !slices.Equal(to.bodies, want) {
		t.Errorf("bodies %q, want %q", to.bodies, want)
	}
}

// TestQuarantineEntries: an entry names its record, its row from 1 and its rule; each part stands in the column of its name.
func TestQuarantineEntries(t *testing.T) {
	c := new(quarantineColumns)
	for _, message := range []string{
		``, `{`, `[]`,
		`{"load_id":1,"record":"coa_stay","file":"f","row":0,"field":"start","rule":"bad_date"}`,
		`{"load_id":1,"record":"","file":"f","row":1,"field":"start","rule":"bad_date"}`,
		`{"load_id":1,"record":"coa_stay","file":"f","row":1,"field":"start","rule":""}`,
	} {
		if err := c.append([]byte(message)); !errors.Is(err, errJSON) {
			t.Errorf("%s was taken: %v", message, err)
		}
	}
	good := `{"load_id":5,"record":"coa_stay","file":"a.jsonl","row":3,"field":"start","rule":"bad_date"}`
	for range 2 { // a block is filled, sent, emptied and filled again
		if err := c.append([]byte(good)); err != nil {
			t.Fatalf("%s: %v", good, err)
		}
		if got, want := shown(c.input()), "load_id=5 record=coa_stay file=a.jsonl row=3 field=start rule=bad_date"; got != want {
			t.Errorf("columns are %s, want %s", got, want)
		}
		c.reset()
	}
}

// shown tells what a block of one row holds.
func shown(input proto.Input) (text string) {
	for i, c := range input {
		if i > 0 {
			text += " "
		}
		if n := c.Data.Rows(); n != 1 {
			text += fmt.Sprintf("%s has %d rows", c.Name, n)
			continue
		}
		switch data := c.Data.(type) {
		case *proto.ColUInt64:
			text += fmt.Sprintf("%s=%d", c.Name, data.Row(0))
		case interface{ Row(int) string }:
			text += fmt.Sprintf("%s=%s", c.Name, data.Row(0))
		default:
			text += fmt.Sprintf("%s is a %T of %d rows", c.Name, data, c.Data.Rows())
		}
	}
	return text
}
