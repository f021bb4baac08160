// Command faults breaks runs of doorstroom at moments that a seed gives and looks what became of the data.
//
// For each seed it loads the deliveries of a small synthetic population and builds an edition, with faults on the way:
// the program or its ClickHouse is killed or halted, or what it says to servers of its own is cut, delayed, narrowed
// or swallowed. It runs again until it is done, and then everything is held against an undisturbed run: the rows of
// every raw table, the books on the deliveries, and the content of the facts.
//
//	go run ./deploy/dev/faults -binary bin/doorstroom -seeds 50
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"doorstroom/deploy/embedded"
)

func main() {
	embedded.RunChildIfAsked()
	inNamespace()
	binary := flag.String("binary", "bin/doorstroom", "the program to break")
	seeds := flag.Uint64("seeds", 15, "how many runs")
	first := flag.Uint64("first", 1, "seed of the first run; the others follow")
	side := flag.Int("side-by-side", 2, "how many runs at a time")
	persons := flag.Int("persons", 300, "size of the population")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := show(ctx, *binary, *first, *seeds, *side, *persons); err != nil {
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	}
}

func show(ctx context.Context, binary string, first, seeds uint64, side, persons int) error {
	dir, err := os.MkdirTemp("", "doorstroom-faults-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	w, err := newWorld(ctx, dir, binary, persons)
	if err != nil {
		return err
	}
	list, err := w.runs(ctx, first, seeds, side)
	fmt.Print(list.table())
	if missing := list.missing(); len(missing) > 0 {
		fmt.Printf("no run had %q\n", missing)
	}
	return err
}
