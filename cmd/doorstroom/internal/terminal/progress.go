package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress tells how far a stage is: a bar on a terminal, else a line now and then.
type Progress struct {
	w        io.Writer
	terminal bool
	every    time.Duration

	mu    sync.Mutex
	stage string
	unit  string
	bar   *progressbar.ProgressBar
	began time.Time
	last  time.Time
	done  int64
	total int64
}

// NewProgress tells it on w.
func NewProgress(w io.Writer) *Progress {
	return &Progress{w: w, terminal: Is(w), every: 5 * time.Second}
}

// Start begins a stage of total units; 0 is unknown.
func (p *Progress) Start(stage, unit string, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.close()
	p.stage, p.unit, p.total, p.done = stage, unit, total, 0
	p.began, p.last = time.Now(), time.Now()
	if !p.terminal {
		fmt.Fprintf(p.w, "%s ...\n", stage)
		return
	}
	if total == 0 {
		total = -1
	}
	options := []progressbar.Option{progressbar.OptionSetWriter(Raw(p.w)), progressbar.OptionSetDescription(stage),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100 * time.Millisecond), progressbar.OptionSetWidth(30)}
	if unit == "bytes" {
		options = append(options, progressbar.OptionShowBytes(true))
	}
	p.bar = progressbar.NewOptions64(total, options...)
}

// Set says how much of the stage is done.
func (p *Progress) Set(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = done, total
	if p.bar != nil {
		if total > 0 && p.bar.GetMax64() != total {
			p.bar.ChangeMax64(total)
		}
		_ = p.bar.Set64(done)
		return
	}
	if now := time.Now(); now.Sub(p.last) >= p.every {
		p.last = now
		fmt.Fprintf(p.w, "%s: %s\n", p.stage, p.amount())
	}
}

func (p *Progress) amount() string {
	if p.total > 0 {
		return fmt.Sprintf("%d of %d %s (%d %%)", p.done, p.total, p.unit, p.done*100/p.total)
	}
	return fmt.Sprintf("%d %s", p.done, p.unit)
}

// End closes the stage with what it came to.
func (p *Progress) End(result string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	stage, took := p.stage, time.Since(p.began).Round(100*time.Millisecond)
	p.close()
	if stage != "" {
		fmt.Fprintf(p.w, "%s: %s (%s)\n", stage, result, took)
	}
	p.stage = ""
}

// Stop ends a stage that did not finish.
func (p *Progress) Stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.close()
}

func (p *Progress) close() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}
