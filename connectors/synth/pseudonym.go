package synth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"fmt"
)

// Kinds of numbers that get a pseudonym; the same number of two kinds gives two pseudonyms.
const (
	kindV        = 'V'
	kindB        = 'B'
	kindEmployer = 'L'
)

// pseudonyms turns synthetic V-numbers, BSNs and employer numbers into pseudonyms: AES-128 under a key made from the seed.
// A block cipher on a block that holds the number never gives two numbers one pseudonym, and costs a tenth of an HMAC.
type pseudonyms struct{ block cipher.Block }

func newPseudonyms(seed uint64) (pseudonyms, error) {
	key := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("doorstroom synthetic pseudonyms"), seed))
	block, err := aes.NewCipher(key[:16])
	if err != nil {
		return pseudonyms{}, fmt.Errorf("make the pseudonym key: %w", err)
	}
	return pseudonyms{block}, nil
}

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// appendTo writes the 26 characters of the pseudonym of a number.
func (p pseudonyms) appendTo(b []byte, kind byte, number uint64) []byte {
	var block [16]byte
	block[0] = kind
	binary.BigEndian.PutUint64(block[8:], number)
	p.block.Encrypt(block[:], block[:])
	return lowerBase32.AppendEncode(b, block[:])
}
