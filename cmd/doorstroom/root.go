package main

import (
	"fmt"
	"io"

	"github.com/sethvargo/go-envconfig"
	"github.com/spf13/cobra"
	"go.uber.org/zap"
)

// app is what every command shares: settings, streams and the log.
type app struct {
	settings *settings
	env      envconfig.Lookuper
	out, err io.Writer // visible; raw gives what programs read
	log      *zap.Logger

	dataFlag, logFormatFlag string
	// shortFiles has the embedded Kafka begin a file with every write.
	shortFiles bool
}

// newRoot builds the command tree over the given output streams.
func newRoot(out, errOut io.Writer) *cobra.Command {
	a := &app{env: envconfig.OsLookuper(), out: &visible{out: out}, err: &visible{out: errOut}}
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
			return a.prepare(cmd)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetOut(out)
	root.SetErr(errOut)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	})
	root.PersistentFlags().StringVar(&a.dataFlag, "data", "", "data folder (default ./data, or DOORSTROOM_DATA)")
	root.PersistentFlags().StringVar(&a.logFormatFlag, "log-format", "", "console or json (default console, or DOORSTROOM_LOG_FORMAT)")
	root.AddCommand(newRun(a), newSynth(a), newSQL(a), newReport(a), newDeliveries(a), newQuarantine(a),
		newEditions(a), newDiff(a), newExplain(a), newRelease(a), newCheck(a), newProtect(a), newAudit(a), newWithdraw(a), newErase(a), newRetain(a), newBackup(a), newRestore(a),
		newServe(a), newMigrate(a), newConfig(a), newDoctor(a), newVersion(a))
	wrapArgErrors(root)
	return root
}

// wrapArgErrors gives wrong arguments of every command the exit code of wrong usage.
func wrapArgErrors(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(c *cobra.Command, args []string) error {
			if err := check(c, args); err != nil {
				return usage(fmt.Errorf("%w; see '%s --help'", err, c.CommandPath()))
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgErrors(sub)
	}
}

// prepare reads the settings and opens the log before a command runs.
func (a *app) prepare(cmd *cobra.Command) error {
	if err := cmd.ValidateRequiredFlags(); err != nil {
		return usage(fmt.Errorf("%w; see '%s --help'", err, cmd.CommandPath()))
	}
	s, err := readSettings(cmd.Context(), a.env)
	if err != nil {
		return err
	}
	if err := s.refusePasswords(); err != nil {
		return err
	}
	if a.dataFlag != "" {
		s.Data = a.dataFlag
	}
	if a.logFormatFlag != "" {
		s.LogFormat = a.logFormatFlag
	}
	a.settings = s
	a.log, err = newLog(s.LogFormat, s.LogLevel, a.err)
	return err
}
