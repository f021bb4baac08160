package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"doorstroom/deploy/embedded"
)

// cutOff is the edition under test; the latest synthetic deliveries are drawn on it.
const cutOff = "2026-06-30"

// commandTime bounds one command: one that hangs is a fault of its own.
const commandTime = 5 * time.Minute

// world is the deliveries, and what they come to when nothing goes wrong.
type world struct {
	dir, binary, landing string
	tools                embedded.Tools
	want                 *contents
	took                 map[step]time.Duration
	told                 map[step]int // lines on the error stream
}

// step is a part of the main job that is broken on its own.
type step string

const (
	loading  step = "load"
	building step = "facts"
)

// steps in their order.
var steps = []step{loading, building}

// newWorld makes the deliveries and does an undisturbed run.
func newWorld(ctx context.Context, dir, binary string, persons int) (*world, error) {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	tools, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), "")
	if err != nil {
		return nil, err
	}
	w := &world{dir: dir, binary: binary, landing: filepath.Join(dir, "landing"), tools: tools, took: make(map[step]time.Duration), told: make(map[step]int)}
	p := w.place("undisturbed")
	if _, err := p.finish(ctx, "synth", "--out", w.landing, "--persons", fmt.Sprint(persons), "--seed", "1", "--as-of", cutOff); err != nil {
		return nil, err
	}
	for _, s := range steps {
		began := time.Now()
		c, err := p.start(ctx, w.args(s)...)
		if err != nil {
			return nil, err
		}
		<-c.ended
		if c.failure != nil {
			return nil, c.failure
		}
		w.took[s], w.told[s] = time.Since(began), c.err.lines()
	}
	w.want, err = p.contents(ctx)
	return w, err
}

func (w *world) args(s step) []string {
	args := []string{"run", "--only", string(s), "--as-of", cutOff}
	if s == loading {
		args = append(args, "--landing", w.landing)
	}
	return args
}

// place is a data folder and the settings of one run.
type place struct {
	binary, data string
	env          []string
}

// place gives an empty one; it has only the settings that a test of the project sets.
func (w *world) place(name string) *place {
	p := &place{binary: w.binary, data: filepath.Join(w.dir, name)}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "DOORSTROOM_") {
			p.env = append(p.env, v)
		}
	}
	// Every step that it takes is a line on the error stream, by which moments are counted.
	p.env = append(p.env, "DOORSTROOM_LOG_LEVEL=debug", "DOORSTROOM_LOG_FORMAT=json")
	// Some eight slices, so that there is work to divide; a connection that is silent counts as dead soon.
	p.env = append(p.env, "DOORSTROOM_LIBCHDB="+w.tools.LibCHDB, "DOORSTROOM_SLICE_PERSONS=40", "DOORSTROOM_SILENCE=5s", "DOORSTROOM_PATIENCE=2m")
	return p
}

// command is doorstroom under way.
type command struct {
	*exec.Cmd
	out     bytes.Buffer
	err     words
	ended   chan struct{}
	failure error
}

// errHangs ends a command that does not end by itself.
var errHangs = errors.New("it hangs")

// start sets a command of the program to work.
func (p *place) start(ctx context.Context, args ...string) (*command, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, commandTime, errHangs)
	c := &command{Cmd: exec.CommandContext(ctx, p.binary, append([]string{"--data", p.data}, args...)...), ended: make(chan struct{})}
	c.Env, c.Stdout, c.Stderr = p.env, &c.out, &c.err
	if err := c.Start(); err != nil {
		cancel()
		return nil, err
	}
	go func() {
		defer cancel()
		defer close(c.ended)
		if c.failure = c.Wait(); c.failure != nil {
			c.failure = fmt.Errorf("doorstroom %s: %w\n%s", strings.Join(args, " "), errors.Join(c.failure, context.Cause(ctx)), c.err.String())
		}
	}()
	return c, nil
}

// finish runs a command that has to end well and gives what it printed.
func (p *place) finish(ctx context.Context, args ...string) (string, error) {
	c, err := p.start(ctx, args...)
	if err != nil {
		return "", err
	}
	<-c.ended
	return c.out.String(), c.failure
}
