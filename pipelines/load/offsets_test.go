package load

import "testing"

func TestOffsetsMoveOnlyOverWhatIsConfirmed(t *testing.T) {
	p := &partition{topic: "t"}
	p.start(5)
	a, b, c := p.begin(10), p.begin(20), p.begin(30)
	for _, step := range []struct {
		s    *span
		want int64
	}{{b, 5}, {a, 20}, {c, 30}} {
		step.s.confirm()
		if got := p.position(); got != step.want {
			t.Errorf("position is %d after a confirmation, want %d", got, step.want)
		}
	}
}
