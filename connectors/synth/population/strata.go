package population

import (
	"math"
	"math/bits"
	"sort"
)

// seat is the place of a person in its group. The people of a group take consecutive ranks in it, and who they are and their lasting luck is spread
// evenly over the ranks: a small population differs less by chance than independent draws would.
type seat struct {
	cell       Cell
	index      int // of the cell
	rank, size int // of the person within the cell, and how many the cell has
}

// seats deals the persons out over the groups, in proportion to their sizes.
type seats struct {
	persons uint64
	stride  uint64 // over the seats, from person to person
	back    uint64 // strides that lead from a seat to the next one
	upTo    []int  // cumulative seats per cell
}

// newSeats takes the cumulative sizes of the groups.
func newSeats(persons int, sizes []float64) seats {
	s := seats{persons: uint64(persons)}
	total := sizes[len(sizes)-1]
	for _, sum := range sizes {
		s.upTo = append(s.upTo, int(math.Round(sum/total*float64(persons))))
	}
	s.stride = max(1, uint64(math.Round(float64(persons)/math.Phi)))
	for ; ; s.stride++ {
		var common bool
		if s.back, common = inverse(s.stride, s.persons); !common {
			return s
		}
	}
}

// inverse finds x with a*x = 1 modulo n, or tells that a and n have a common divisor.
func inverse(a, n uint64) (x uint64, common bool) {
	r, next, t, following := int64(n), int64(a%n), int64(0), int64(1)
	for next != 0 {
		q := r / next
		r, next, t, following = next, r-q*next, following, t-q*following
	}
	return uint64((t + int64(n)) % int64(n)), r != 1
}

// seatOf gives person n its seat. Successive persons stride over the seats by the golden ratio, so every run of persons has about the right mix.
func (m *Model) seatOf(n int) seat {
	at := int(uint64(n) * m.seats.stride % m.seats.persons)
	i := sort.SearchInts(m.seats.upTo, at+1)
	return seat{m.cells[i], i, at - m.seats.first(i), m.seats.size(i)}
}

func (s *seats) first(cell int) int {
	if cell == 0 {
		return 0
	}
	return s.upTo[cell-1]
}

func (s *seats) size(cell int) int { return s.upTo[cell] - s.first(cell) }

// personAt is the person on a seat of a cell.
func (s *seats) personAt(cell, rank int) int {
	return int(uint64(s.first(cell)+rank) * s.back % s.persons)
}

// place is where in its group a seat lies, 0-1.
func (m *Model) place(s *seat) float64 {
	return (float64(s.rank) + m.shift(s.index)) / float64(s.size)
}

// shift is how far into its share of the places (0-1) each rank of a cell lies.
func (m *Model) shift(cell int) float64 { return unit(Mix64(m.seed + uint64(cell)*2 + 1)) }

// unit turns a scrambled number into a share, 0-1.
func unit(x uint64) float64 { return (float64(x>>11) + 0.5) / (1 << 53) }

// luck is what makes people who are alike differ in work: a lasting part (health, household), and one that is renewed now and then.
type luck struct {
	lasting float64 // standard normal
	key     uint64
}

// luckOf reads the lasting part off the rank: its bits reversed and scrambled, so that any stretch of ranks has all of the normal distribution.
func (m *Model) luckOf(s *seat, n int) luck {
	spread := scramble(bits.Reverse32(uint32(s.rank)), uint32(Mix64(m.seed^uint64(s.index)<<32)))
	return luck{lasting: normalAt((float64(spread) + 0.5) / (1 << 32)), key: Mix64(m.seed ^ Mix64(uint64(n)))}
}

// renews tells whether a month draws the other part again.
func (l *luck) renews(month int, share float64) bool {
	return unit(Mix64(l.key+uint64(month)*2)) < share
}

// renewed is the part that a month has drawn, standard normal.
func (l *luck) renewed(month int) float64 { return normalAt(unit(Mix64(l.key + uint64(month)*2 + 1))) }

// scramble swaps halves, quarters and so on of the range (Owen's scrambling by the hash of Laine and Karras), which leaves even what was spread evenly.
func scramble(x, seed uint32) uint32 {
	x = bits.Reverse32(x) + seed
	x ^= x * 0x6c50b47c
	x ^= x * 0xb82f1e52
	x ^= x * 0xc7afe638
	x ^= x * 0x8d22f6e6
	return bits.Reverse32(x)
}

// normalAt is the quantile function of the standard normal distribution.
func normalAt(share float64) float64 { return math.Sqrt2 * math.Erfinv(2*share-1) }
