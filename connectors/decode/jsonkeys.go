package decode

import (
	"bytes"
	"slices"
)

// keySet tells of the objects that are open which keys they have had.
type keySet struct {
	keys  [][]byte
	large map[int]map[string]struct{} // by base, for objects with many keys
}

// manyKeys is where looking through a list starts to cost more than a map.
const manyKeys = 32

func (k *keySet) reset() { k.keys = k.keys[:0] }

func (k *keySet) open() (base int) { return len(k.keys) }

func (k *keySet) close(base int) {
	k.keys = k.keys[:base]
	delete(k.large, base)
}

// add tells whether the object that opened at base has had the key before.
func (k *keySet) add(base int, key []byte) (twice bool) {
	if large := k.large[base]; large != nil {
		_, twice = large[string(key)]
		large[string(key)] = struct{}{}
		return twice
	}
	twice = slices.ContainsFunc(k.keys[base:], func(other []byte) bool { return bytes.Equal(other, key) })
	k.keys = append(k.keys, key)
	if len(k.keys)-base > manyKeys {
		k.grow(base)
	}
	return twice
}

// grow moves the keys of an object into a map.
func (k *keySet) grow(base int) {
	m := make(map[string]struct{}, 2*manyKeys)
	for _, key := range k.keys[base:] {
		m[string(key)] = struct{}{}
	}
	if k.large == nil {
		k.large = map[int]map[string]struct{}{}
	}
	k.large[base] = m
}
