package load

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/schemas"
)

// What can be wrong with a message, said without its content.
var (
	errFrame  = errors.New("not in Confluent framing")
	errSchema = errors.New("written with a schema that the registry does not know for this topic")
	errJSON   = errors.New("not the JSON of a quarantine entry")
)

// frameLen is the length of Confluent framing: a zero byte and the schema's id.
const frameLen = 5

// appender decodes the messages of one topic into blocks of its table.
type appender struct {
	// ids are the schema ids of the topic's record; nil for a topic without framing.
	ids map[uint32]bool
}

// add decodes one message into the block; on an error nothing was appended.
func (a *appender) add(to columns, msg []byte) error {
	if a.ids == nil {
		return to.append(msg)
	}
	if len(msg) < frameLen || msg[0] != 0 {
		return errFrame
	}
	if id := binary.BigEndian.Uint32(msg[1:frameLen]); !a.ids[id] {
		return fmt.Errorf("%w (id %d)", errSchema, id)
	}
	return to.append(msg[frameLen:])
}

// quarantineColumns is a block of ops.quarantine_entry.
type quarantineColumns struct {
	loadID proto.ColUInt64
	record text
	file   text
	row    proto.ColUInt64
	field  text
	rule   text
}

func (c *quarantineColumns) append(msg []byte) error {
	var q schemas.Quarantined
	// The decoder's own error quotes the message.
	if json.Unmarshal(msg, &q) != nil || q.Row < 1 || q.Record == "" || q.Rule == "" {
		return errJSON
	}
	c.loadID.Append(q.LoadID)
	c.record.Append(q.Record)
	c.file.Append(q.File)
	c.row.Append(uint64(q.Row))
	c.field.Append(q.Field)
	c.rule.Append(string(q.Rule))
	return nil
}

func (c *quarantineColumns) rows() int { return c.loadID.Rows() }

func (c *quarantineColumns) reset() {
	c.loadID.Reset()
	c.record.Reset()
	c.file.Reset()
	c.row.Reset()
	c.field.Reset()
	c.rule.Reset()
}

func (c *quarantineColumns) input() proto.Input {
	return proto.Input{
		{Name: "load_id", Data: &c.loadID},
		{Name: "record", Data: &c.record},
		{Name: "file", Data: &c.file},
		{Name: "row", Data: &c.row},
		{Name: "field", Data: &c.field},
		{Name: "rule", Data: &c.rule},
	}
}
