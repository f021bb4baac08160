package warehouse

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ClickHouse/ch-go"
	"github.com/ClickHouse/ch-go/proto"
)

// dbtAsks are the questions that dbt's client asks when it connects, before it sets anything.
var dbtAsks = []string{"SELECT version(), timezone()", "SELECT name, value, readonly FROM system.settings LIMIT 10000"}

// CheckForDBT fails when the profile leaves no answer to what dbt's client asks before it can set what we want, and names
// the settings that do that.
func (d *DB) CheckForDBT(ctx context.Context) error {
	c := &d.config
	first := c.answersDBT(ctx, nil)
	if !hindered(first) {
		return first
	}
	names := c.hindering(ctx, 0, len(c.settings))
	return fmt.Errorf("%w: dbt's client asks for the server's settings before it sets its own, and the profile of user %q at %s leaves it no answer: "+
		"take %s out of the profile: %w", ErrProfile, c.User, c.Addr, strings.Join(names, ", "), first)
}

// hindering are the settings from one number up to another that give no answer without ours.
func (c *Config) hindering(ctx context.Context, from, to int) []string {
	if from == to || !hindered(c.answersDBT(ctx, slices.Concat(c.settings[:from], c.settings[to:]))) {
		return nil
	}
	if to-from == 1 {
		return []string{c.settings[from].Name}
	}
	half := (from + to) / 2
	return append(c.hindering(ctx, from, half), c.hindering(ctx, half, to)...)
}

// errNoRow says that a question had an answer without a row.
var errNoRow = errors.New("an answer without a row")

// hindered tells that the server is there, and that its answer was not what was asked, or not in the form of one.
func hindered(err error) bool { return err != nil && !Away(err) }

func (c *Config) answersDBT(ctx context.Context, settings []Setting) error {
	client, err := c.bulk(ctx, asked(settings, false))
	if err != nil {
		return err
	}
	defer client.Close()
	for _, question := range dbtAsks {
		var answer proto.Results
		rows := 0
		err := client.Do(ctx, ch.Query{Body: question, Result: answer.Auto(), OnResult: func(_ context.Context, b proto.Block) error {
			rows += b.Rows
			return nil
		}})
		if err == nil && rows == 0 {
			err = errNoRow
		}
		if err != nil {
			return err
		}
	}
	return nil
}
