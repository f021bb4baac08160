package source

import (
	"encoding/binary"
	"errors"
	"io"
	"sync/atomic"
)

// namesReader counts the names that an SFTP server lists, and ends the
// connection when they are too many: the library keeps as many as come.
type namesReader struct {
	r           io.Reader
	count, size atomic.Int64
	// head is the beginning of the packet that is being read, rest how many of its bytes are still to come.
	head []byte
	rest int64
}

const (
	// namePacket is the type of a packet with names (SSH_FXP_NAME).
	namePacket = 104
	// lengthBytes are those before a packet that give its length; headBytes are these and type, id and number of names.
	lengthBytes, headBytes = 4, 4 + 1 + 4 + 4
	// namesSize is how many bytes of names may come: 100,000 of some hundreds.
	namesSize = 64 << 20
)

// begin starts a list.
func (l *namesReader) begin() {
	l.count.Store(0)
	l.size.Store(0)
}

// tooMany tells whether a list was given up.
func (l *namesReader) tooMany() bool { return l.count.Load() > namesLimit || l.size.Load() > namesSize }

// Read implements io.Reader.
func (l *namesReader) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.look(p[:n])
	if l.tooMany() {
		return 0, errors.New("too many names")
	}
	return n, err
}

// look passes over packets and adds up the names in them.
func (l *namesReader) look(b []byte) {
	for len(b) > 0 {
		if l.rest > 0 {
			n := min(l.rest, int64(len(b)))
			l.rest -= n
			b = b[n:]
			continue
		}
		l.head = append(l.head, b[0])
		b = b[1:]
		if len(l.head) < lengthBytes {
			continue
		}
		length := int64(binary.BigEndian.Uint32(l.head))
		if have := int64(len(l.head) - lengthBytes); have < min(length, headBytes-lengthBytes) {
			continue
		}
		if len(l.head) == headBytes && l.head[lengthBytes] == namePacket {
			l.count.Add(int64(binary.BigEndian.Uint32(l.head[headBytes-4:])))
			l.size.Add(length)
		}
		l.rest = length - int64(len(l.head)-lengthBytes)
		l.head = l.head[:0]
	}
}
