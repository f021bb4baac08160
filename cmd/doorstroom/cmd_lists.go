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
