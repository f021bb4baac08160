package disclosure

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// TestPerturbationIsAsDefined computes mean and variance of every line, and what it can result in.
func TestPerturbationIsAsDefined(t *testing.T) {
	for i, line := range perturbation {
		sum, mean, square := uint64(0), 0.0, 0.0
		for j, likely := range line {
			change := float64(j - bound)
			sum += likely
			mean += change * float64(likely) / 1e9
			square += change * change * float64(likely) / 1e9
			if result := i + 1 + j - bound; likely > 0 && (result < 0 || result == 1 || result == 2) {
				t.Errorf("%d can become %d", i+1, result)
			}
		}
		if sum != 1_000_000_000 || math.Abs(mean) > 1e-7 || math.Abs(square-mean*mean-3) > 1e-6 {
			t.Errorf("count %d: sum %d, mean %v, variance %v", i+1, sum, mean, square-mean*mean)
		}
	}
}

// TestPerturbFollowsTheTable draws keys and counts the changes.
func TestPerturbFollowsTheTable(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	const draws = 200_000
	for _, count := range []int64{1, 3, 8, 1000} {
		var seen [2*bound + 1]float64
		for range draws {
			seen[Perturb(count, Key(r.Uint64()))-count+bound]++
		}
		for j, likely := range perturbation[min(count, 8)-1] {
			want := float64(likely) / 1e9
			if d := math.Abs(seen[j]/draws - want); d > 5*math.Sqrt(want/draws)+1e-9 {
				t.Errorf("count %d, change %d: %v of the draws, want %v", count, j-bound, seen[j]/draws, want)
			}
		}
	}
	if Perturb(0, Key(1<<63)) != 0 {
		t.Error("a count of nobody was changed")
	}
}

func TestKeysOfTheSamePeople(t *testing.T) {
	secret := []byte("of a test")
	var forth, back Key
	for i := range 50 {
		forth = forth.Add(RecordKey(secret, fmt.Sprint("person ", i)))
		back = back.Add(RecordKey(secret, fmt.Sprint("person ", 49-i)))
	}
	if forth != back {
		t.Error("the order of people changes the key of a cell")
	}
	if RecordKey(secret, "person 1") == RecordKey([]byte("another"), "person 1") {
		t.Error("the key of a record does not depend on the secret")
	}
}
