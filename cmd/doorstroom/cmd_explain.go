package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"doorstroom/pipelines/lineage"
	"doorstroom/schemas"
)

func newExplain(a *app) *cobra.Command {
	var person, edition string
	cmd := &cobra.Command{
		Use:   "explain",
		Short: "Tell where every fact of one person came from (person data)",
		Long: `Prints a person's route in an edition as a timeline: milestones, runs of months
with one status, spells and jobs, each with the record, delivery, file and row
that it came from, the sha256 of the file, and the rows that lost and why.

What an edition was made of is known while the program that made it and its
deliveries stand. Of an edition that another version of the program made, or
that counts a delivery withdrawn since, nothing can be traced: the command then
says so and why, and fails (exit code 1). Building the edition anew mends it; a
released edition is not built anew, and its numbers stay without a trace.

The output is person data: it stays inside the walls.`,
		Example: "  doorstroom explain --person vabcdefghijklmnopqrstuvwxya --edition 2026-06-30",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.explainPerson(cmd.Context(), person, edition) },
	}
	cmd.Flags().StringVar(&person, "person", "", "person_id, as in facts.person")
	cmd.Flags().StringVar(&edition, "edition", "", "cut-off day of the edition")
	_ = cmd.MarkFlagRequired("person")
	_ = cmd.MarkFlagRequired("edition")
	return cmd
}

func (a *app) explainPerson(ctx context.Context, person, edition string) error {
	day, err := parseDay("--edition", edition)
	if err != nil {
		return err
	}
	return a.withWarehouse(ctx, func(ctx context.Context, e *engines) error {
		r, err := lineage.Explain(ctx, e.db, schemas.DateFromTime(day), person)
		if errors.Is(err, lineage.ErrNoPerson) {
			return usage(err)
		}
		if err != nil {
			return err
		}
		fmt.Fprintln(a.err, "what follows is data about one person: keep it inside the walls")
		return r.Print(a.out)
	})
}
