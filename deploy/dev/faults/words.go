package main

import (
	"bytes"
	"sync"
)

// words are what a command says on its error stream. Their lines are its events: a moment is a number of them.
type words struct {
	mu    sync.Mutex
	text  bytes.Buffer
	waits map[int]chan struct{} // by the number of lines that is waited for
}

// Write implements io.Writer.
func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	n := bytes.Count(w.text.Bytes(), []byte("\n"))
	for at, reached := range w.waits {
		if at <= n {
			close(reached)
			delete(w.waits, at)
		}
	}
	return len(p), nil
}

func (w *words) lines() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Count(w.text.Bytes(), []byte("\n"))
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// told is closed when so many lines were said.
func (w *words) told(n int) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	reached := w.waits[n]
	if reached == nil {
		reached = make(chan struct{})
	}
	if bytes.Count(w.text.Bytes(), []byte("\n")) >= n {
		close(reached)
		return reached
	}
	if w.waits == nil {
		w.waits = make(map[int]chan struct{})
	}
	w.waits[n] = reached
	return reached
}
