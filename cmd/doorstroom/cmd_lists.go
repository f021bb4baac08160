package main

import (
	"github.com/spf13/cobra"

	"doorstroom/pipelines/load"
)

func newDeliveries(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "deliveries",
		Short:   "List what came in: accepted, refused and why",
		Example: "  doorstroom deliveries\n  doorstroom deliveries --format JSON",
		Args:    cobra.NoArgs,
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.printQuery(cmd, load.DeliveriesQuery, *format) }
	return cmd
}

func newQuarantine(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "quarantine",
		Short: "List the records put aside: where they stand and which rule they break",
		Long: `Lists one line per broken field of a record that was put aside: supplier,
delivery, record, file, row, field and rule. Never the value.`,
		Example: "  doorstroom quarantine\n  doorstroom quarantine --format CSV > quarantine.csv",
		Args:    cobra.NoArgs,
	}
	format := formatFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.printQuery(cmd, load.QuarantineQuery, *format) }
	return cmd
}
