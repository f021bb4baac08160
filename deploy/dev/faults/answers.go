package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"doorstroom/schemas"
)

// ask runs a statement in ClickHouse past the proxies.
func (n *network) ask(ctx context.Context, statement string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+n.clickHouse.HTTPAddr()+"/", strings.NewReader(statement))
	if err != nil {
		return "", err
	}
	r.SetBasicAuth(n.clickHouse.User(), n.clickHouse.Password())
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("ClickHouse answered: %s", body)
	}
	return strings.TrimSpace(string(body)), err
}

// count asks for a number.
func (n *network) count(ctx context.Context, query string) (int, error) {
	text, err := n.ask(ctx, query)
	if err != nil || text == "" {
		return 0, err
	}
	return strconv.Atoi(text)
}

// answers are the faults that the server itself answers with, and the one in which its answer is lost.
func (n *network) answers(r *rand.Rand) []fault {
	pause := time.Duration(500+r.IntN(2500)) * time.Millisecond
	return []fault{
		{name: "ClickHouse, too many parts", do: func(ctx context.Context, c *command) error {
			return n.refuses(ctx, c, "TOO_MANY_PARTS", pause, "parts_to_throw_insert = 1, parts_to_delay_insert = 1", "parts_to_throw_insert, parts_to_delay_insert")
		}},
		{name: "ClickHouse, disk full", do: func(ctx context.Context, c *command) error {
			return n.refuses(ctx, c, "NOT_ENOUGH_SPACE", pause, "min_free_disk_bytes_to_perform_insert = 1000000000000000", "min_free_disk_bytes_to_perform_insert")
		}},
		{name: "ClickHouse, memory limit", do: n.memoryLimit},
		{name: "ClickHouse, answer to an insert lost", do: n.answerLost},
		{name: "ClickHouse, clock back by an hour", do: n.clockBack},
	}
}

// tables that the program inserts into.
func tables() []string {
	list := []string{"ops.delivery", "ops.load", "ops.slice", "ops.edition"}
	for _, r := range schemas.Records {
		list = append(list, "raw."+r.Name)
	}
	for _, t := range schemas.FactTables {
		list = append(list, "facts_store."+t.Name)
	}
	return list
}

// refuses makes the server answer inserts with an error, by settings of its tables, until it did so and the pause is over.
func (n *network) refuses(ctx context.Context, c *command, code string, pause time.Duration, set, reset string) error {
	before, err := n.errors(ctx, code)
	if err != nil {
		return err
	}
	for _, t := range tables() {
		// A table that is not made yet cannot refuse.
		_, _ = n.ask(ctx, "ALTER TABLE "+t+" MODIFY SETTING "+set)
	}
	met, err := n.until(ctx, c, func() (bool, error) {
		now, err := n.errors(ctx, code)
		return now > before, err
	})
	if met {
		select {
		case <-time.After(pause):
		case <-c.ended:
		}
	}
	for _, t := range tables() {
		_, _ = n.ask(ctx, "ALTER TABLE "+t+" RESET SETTING "+reset)
	}
	if err == nil && !met {
		err = errMissed
	}
	return err
}

// errors counts how often the server answered with an error.
func (n *network) errors(ctx context.Context, code string) (int, error) {
	return n.count(ctx, "SELECT sum(value) FROM system.errors WHERE name = '"+code+"'")
}

// until waits for something while a command is under way; false when the command ended first.
func (n *network) until(ctx context.Context, c *command, what func() (bool, error)) (bool, error) {
	for {
		if met, err := what(); met || err != nil {
			return met, err
		}
		select {
		case <-c.ended:
			return false, nil
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// memoryLimit takes nearly all memory that the server may have, for as long as a query can.
func (n *network) memoryLimit(ctx context.Context, c *command) error {
	before, err := n.errors(ctx, "MEMORY_LIMIT_EXCEEDED")
	if err != nil {
		return err
	}
	used, err := n.count(ctx, "SELECT value FROM system.metrics WHERE metric = 'MemoryTracking'")
	if err != nil {
		return err
	}
	var takes []string
	free := serverMemory - used
	for _, piece := range []int{64 << 20, 16 << 20, 4 << 20, 1 << 20} {
		for free > piece+(1<<20) {
			// Strings grow to a power of two; each is another, else they would be one.
			takes = append(takes, fmt.Sprintf("repeat(repeat('x', 1000), %d + number)", piece/1000-1-len(takes)))
			free -= piece
		}
	}
	// The memory itself may be refused at its edge: then it is near enough.
	_, _ = n.ask(ctx, "SELECT sum(cityHash64(sleepEachRow(2.9), "+strings.Join(takes, ", ")+")) FROM numbers(1) SETTINGS memory_overcommit_ratio_denominator = 0")
	after, err := n.errors(ctx, "MEMORY_LIMIT_EXCEEDED")
	if err == nil && after == before {
		err = errMissed
	}
	return err
}

// insertedRows counts the rows of deliveries and of builds; those of migrations do not count.
const insertedRows = "SELECT sum(rows) FROM system.parts WHERE database IN ('raw', 'work', 'facts_store')"

// answerLost lets an insert through, swallows the answer and ends the connection. Only once rows are coming: whoever
// waits for the answer to another statement would not get to an insert.
func (n *network) answerLost(ctx context.Context, c *command) error {
	for {
		if met, err := n.inserts(ctx, c, time.Minute); !met || err != nil {
			return missedUnless(err)
		}
		added, err := n.proxies["ClickHouse"].Toxics.AddToxicJson(strings.NewReader(`{"type": "timeout", "attributes": {"timeout": 0}}`))
		if err != nil {
			return err
		}
		met, err := n.inserts(ctx, c, 2*time.Second)
		if gone := n.proxies["ClickHouse"].Toxics.RemoveToxic(context.WithoutCancel(ctx), added.Name); err == nil {
			err = gone
		}
		if met || err != nil {
			return err
		}
	}
}

// inserts waits for rows to be inserted; false when the command or the time ends first.
func (n *network) inserts(ctx context.Context, c *command, atMost time.Duration) (bool, error) {
	before, err := n.count(ctx, insertedRows)
	if err != nil {
		return false, err
	}
	end, more := time.Now().Add(atMost), false
	_, err = n.until(ctx, c, func() (bool, error) {
		now, err := n.count(ctx, insertedRows)
		more = now > before
		return more || time.Now().After(end), err
	})
	return more, err
}

func missedUnless(err error) error {
	if err == nil {
		return errMissed
	}
	return err
}

// clockBack makes everything that was written look as if the clock had been an hour ahead until now.
func (n *network) clockBack(ctx context.Context, _ *command) error {
	for table, stamp := range map[string]string{"ops.delivery": "decided_at", "ops.edition": "written_at", "ops.build": "written_at", "ops.run": "written_at", "ops.step": "written_at"} {
		_, err := n.ask(ctx, fmt.Sprintf("INSERT INTO %s SELECT * REPLACE (%s + INTERVAL 1 HOUR AS %s) FROM %s FINAL", table, stamp, stamp, table))
		if err != nil && strings.Contains(err.Error(), "UNKNOWN") {
			return errMissed // it is not made yet
		}
		if err != nil {
			return err
		}
	}
	return nil
}
