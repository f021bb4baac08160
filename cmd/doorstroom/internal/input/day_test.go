package input

import "testing"

// TestDaysOfAnEdition refuses days that the warehouse would keep as other ones, on both sides of either bound.
func TestDaysOfAnEdition(t *testing.T) {
	for day, good := range map[string]bool{
		"0001-01-01": false, "1969-12-31": false, "1970-01-01": true, "2100-12-31": true, "2101-01-01": false, "2150-01-01": false, "9999-12-31": false,
	} {
		if _, err := Day("--as-of", day); (err == nil) != good {
			t.Errorf("%s: %v", day, err)
		}
	}
}
