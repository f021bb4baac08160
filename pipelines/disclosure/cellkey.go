package disclosure

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Key is the key of a record or of a cell: the fraction key / 2^64.
type Key uint64

// RecordKey gives a person a key that stays the same over releases and that
// nobody can compute without the secret.
func RecordKey(secret []byte, person string) Key {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(person)) // never fails
	return Key(binary.BigEndian.Uint64(mac.Sum(nil)))
}

// Add gives the key of a cell with one more record: the fractional part of the
// sum. So a cell of the same people has the same key, in whatever order they
// are added, and a person changes no cell that the person is not in.
func (k Key) Add(record Key) Key { return k + record }

// bound is how far a perturbed count is from the true one at most.
const bound = 5

// perturbation holds for the counts 1 to 8, of which the last stands for all
// above it, how likely each change from -5 to 5 is, in thousand-millionths.
// Each line is the distribution of greatest entropy with mean 0 and variance 3
// over the changes that do not result in 1, 2 or less than 0, as in Giessing,
// Computational Issues in the Design of Transition Probabilities (2016).
var perturbation = [8][2*bound + 1]uint64{
	{0, 0, 0, 0, 734469541, 0, 0, 136720190, 72796314, 37429556, 18584399},
	{0, 0, 0, 408807041, 0, 0, 406643561, 147623984, 32318822, 4266873, 339719},
	{0, 0, 203986177, 0, 0, 393662526, 247492390, 110568467, 35102043, 7918906, 1269491},
	{0, 83280031, 0, 0, 289317160, 265764974, 190127170, 105928668, 45962721, 15531766, 4087510},
	{20147482, 0, 0, 173347469, 220633034, 221318286, 174967660, 109016441, 53532798, 20717704, 6319126},
	{0, 0, 72029825, 136717078, 197351383, 216652933, 180882256, 114850887, 55459983, 20367237, 5688418},
	{0, 18439197, 55483886, 121621035, 194208157, 225914023, 191441398, 118180405, 53146178, 17410673, 4155048},
	{3791860, 16590928, 52292633, 118730369, 194193460, 228801500, 194193460, 118730369, 52292633, 16590928, 3791860},
}

// Perturb gives the figure of a count under the profile "cell key". No count of
// nobody is changed, and none becomes 1 or 2. It is not additive.
func Perturb(count int64, key Key) int64 {
	if count <= 0 {
		return count
	}
	drawn, _ := bits.Mul64(uint64(key), 1_000_000_000)
	for i, likely := range perturbation[min(count, 8)-1] {
		if drawn < likely {
			return count + int64(i) - bound
		}
		drawn -= likely
	}
	return count
}
