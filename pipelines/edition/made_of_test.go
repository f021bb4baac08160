package edition

import (
	"slices"
	"testing"

	"doorstroom/pipelines/versions"
)

func TestChoose(t *testing.T) {
	loads := func(ids ...uint64) (list []versions.Load) {
		for _, id := range ids {
			list = append(list, versions.Load{ID: id})
		}
		return list
	}
	ids := func(list []versions.Load) (out []uint64) {
		for i := range list {
			out = append(out, list[i].ID)
		}
		slices.Sort(out)
		return out
	}
	for name, test := range map[string]struct {
		from, to []versions.Load
		want     []uint64 // of what fits
		found    bool
	}{
		"none of none":           {nil, nil, nil, true},
		"none was withdrawn":     {nil, loads(1, 2), []uint64{1, 2}, true},
		"all that were":          {loads(8, 9), loads(1), []uint64{1, 8, 9}, true},
		"the first":              {loads(7, 8, 9), loads(1), []uint64{1, 7}, true},
		"two, not side by side":  {loads(6, 7, 8, 9), loads(1), []uint64{1, 6, 8}, true},
		"the last, and no other": {loads(7, 8, 9), nil, []uint64{9}, true},
		"one that is not known":  {loads(7, 8), loads(1), []uint64{1, 5}, false},
		"more than there are":    {loads(7), loads(1), []uint64{1, 7, 8}, false},
		"fewer than are sure":    {loads(7), loads(1, 2), []uint64{1}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := choose(test.from, len(test.want)-len(test.to), test.to, func(l []versions.Load) bool { return slices.Equal(ids(l), test.want) })
			if ok != test.found || ok && !slices.Equal(ids(got), test.want) {
				t.Errorf("%v, %v; want %v, %v", ids(got), ok, test.want, test.found)
			}
		})
	}
}
