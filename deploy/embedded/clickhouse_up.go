package embedded

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2"
)

// listening is how the server's log tells the ports that it got.
var listening = regexp.MustCompile(`Listening for (http://|native protocol \(tcp\): )127\.0\.0\.1:(\d+)`)

// lastWordsLines is how much of the server's logs an error message quotes.
const lastWordsLines = 8

// waitUntilUp returns when the server has told its ports and answers a query, or says why it does not.
func (c *ClickHouse) waitUntilUp(ctx context.Context) error {
	ours := false // the log, which is an earlier server's until the data folder is this one's
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		select {
		case <-c.alone:
			ours = true
		default:
		}
		if ours && c.readPorts() {
			tick.Stop()
			return c.ping(ctx)
		}
		if c.refusedToServe() {
			c.kill()
			return c.diagnose()
		}
		select {
		case <-tick.C:
		case <-c.done:
			return c.diagnose()
		case <-ctx.Done():
			return c.notUp(context.Cause(ctx))
		}
	}
}

// notUp tells a start that took too long from one that nobody waits for any more.
func (c *ClickHouse) notUp(why error) error {
	if errors.Is(why, context.DeadlineExceeded) {
		return fmt.Errorf("the embedded ClickHouse did not start in time: %w%s", why, c.lastWords())
	}
	return fmt.Errorf("the start of the embedded ClickHouse was stopped before it was up: %w", why)
}

// readPorts looks for the ports in the log and tells whether both are there.
func (c *ClickHouse) readPorts() bool {
	content, err := os.ReadFile(c.logPath())
	if err != nil {
		return false // not written yet
	}
	for _, match := range listening.FindAllStringSubmatch(string(content), -1) {
		port, err := strconv.Atoi(match[2])
		if err != nil {
			return false
		}
		if match[1] == "http://" {
			c.httpPort = port
		} else {
			c.nativePort = port
		}
	}
	return c.httpPort != 0 && c.nativePort != 0
}

// refusedToServe tells whether a statement of the start failed; the server would wait for the next one.
func (c *ClickHouse) refusedToServe() bool {
	content, err := os.ReadFile(c.consolePath())
	return err == nil && bytes.Contains(content, []byte("DB::Exception"))
}

func (c *ClickHouse) ping(ctx context.Context) error {
	conn, err := clickhouse.Open(&clickhouse.Options{
		Addr: []string{c.NativeAddr()},
		Auth: clickhouse.Auth{Username: c.User(), Password: c.Password()},
	})
	if err != nil {
		return fmt.Errorf("connecting to the embedded ClickHouse: %w", err)
	}
	defer conn.Close()
	if err := conn.Exec(ctx, "SELECT 1"); err != nil {
		return fmt.Errorf("asking the embedded ClickHouse: %w%s", err, c.lastWords())
	}
	return nil
}

// diagnose turns the last words of a server that did not start into what to do.
func (c *ClickHouse) diagnose() error {
	words := c.lastWords()
	switch {
	case strings.Contains(words, "Address already in use"):
		return fmt.Errorf("the embedded ClickHouse could not have its port, because another program has it: "+
			"choose another port, or none for any free one%s", words)
	case strings.Contains(words, errLocked.Error()):
		return fmt.Errorf("the embedded ClickHouse of an earlier command still has the data: "+
			"wait a moment and try again%s", words)
	}
	if err := c.Err(); err != nil {
		return err
	}
	return fmt.Errorf("the embedded ClickHouse could not start%s", words)
}

func (c *ClickHouse) logPath() string     { return logPath(c.home) }
func (c *ClickHouse) consolePath() string { return filepath.Join(c.home, "log", "console.log") }

func logPath(home string) string { return filepath.Join(home, "log", "clickhouse.log") }

// keepPreviousLog moves the log of the last server aside, so that the ports in the log are those of this one. The last one
// must not be running.
func keepPreviousLog(home string) error {
	path := logPath(home)
	err := os.Rename(path, path+".previous")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("moving ClickHouse's last log aside: %w", err)
	}
	return nil
}

// lastWords quotes the ends of the server's logs, for an error message. The server masks pseudonyms in its log.
func (c *ClickHouse) lastWords() string {
	var lines []string
	for _, path := range []string{c.consolePath(), c.logPath()} {
		content, err := os.ReadFile(path)
		if err != nil {
			continue // a server that died early has no log
		}
		end := strings.Split(strings.TrimSpace(string(content)), "\n")
		lines = append(lines, end[max(0, len(end)-lastWordsLines):]...)
	}
	return fmt.Sprintf("; its log is %s and ends with:\n%s", c.logPath(), strings.Join(lines, "\n"))
}
