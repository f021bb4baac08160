package main

import (
	"fmt"
	"io"

	"github.com/sethvargo/go-envconfig"
	"github.com/spf13/cobra"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/making"
	"doorstroom/cmd/doorstroom/operator"
	"doorstroom/cmd/doorstroom/publication"
	"doorstroom/cmd/doorstroom/reading"
	"doorstroom/cmd/doorstroom/upkeep"
)

// groups are the commands as --help shows them, a package for each.
var groups = []struct {
	name, title string
	commands    func(*app.App) []*cobra.Command
}{
	{"making", "From deliveries to an edition:", making.Commands},
	{"reading", "Reading what came out:", reading.Commands},
	{"publication", "Protecting what is published:", publication.Commands},
	{"operator", "Decisions of an operator:", operator.Commands},
	{"upkeep", "The installation and its upkeep:", upkeep.Commands},
}

// newRoot builds the command tree over the given output streams.
func newRoot(out, errOut io.Writer) *cobra.Command {
	a := app.New(envconfig.OsLookuper(), out, errOut)
	root := &cobra.Command{
		Use:   "doorstroom",
		Short: "Follow cohorts of statushouders from azc to sustained paid work",
		Long: `doorstroom reads the extracts of COA, municipalities, UWV, DUO and IDW, streams
them through Kafka, loads and reconciles them in ClickHouse, links them per
person, and reports how cohorts move from azc to sustained paid work.

Without settings it starts its own Kafka and ClickHouse under --data and stops
them again. With DOORSTROOM_KAFKA_BROKERS and DOORSTROOM_CLICKHOUSE_ADDR the
same commands use your servers.

Exit codes: 0 done; 1 failed; 2 wrong usage; 3 environment (a part is missing,
not reachable or full); 4 done, but a delivery was refused in this run.`,
		Example: `  doorstroom synth --out suppliers --persons 20000 --seed 1 --as-of 2026-06-30
  doorstroom run --landing suppliers --as-of 2026-06-30
  doorstroom report --edition 2026-06-30 --out report
  doorstroom sql "SELECT stage, persons FROM marts.stage_by_month WHERE edition = '2026-06-30' AND month = '2026-04-01' AND cohort = 2022"`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			return a.Prepare(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(out)
	root.SetErr(errOut)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	})
	a.AddFlags(root)
	addCommands(root, a)
	wrapArgErrors(root)
	return root
}

// addCommands adds the commands of every group.
func addCommands(root *cobra.Command, a *app.App) {
	for _, g := range groups {
		root.AddGroup(&cobra.Group{ID: g.name, Title: g.title})
		for _, cmd := range g.commands(a) {
			cmd.GroupID = g.name
			root.AddCommand(cmd)
		}
	}
}

// wrapArgErrors gives wrong arguments of every command the exit code of wrong usage.
func wrapArgErrors(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return exit.Usage(fmt.Errorf("%w; see '%s --help'", err, c.CommandPath()))
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgErrors(sub)
	}
}
