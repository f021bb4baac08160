package disclosure

import (
	"context"
	"fmt"

	"doorstroom/pipelines/disclosure/cells"
)

// ask finds what is too narrow, or not shown to be wide enough: a glance shows
// it for most, a box that hides nothing more for others.
func (p *plan) ask(ctx context.Context, attack Attack) ([]target, error) {
	targets := p.open()
	met, err := p.attack(ctx, attack, p.view(), targets, true)
	if err != nil {
		return nil, err
	}
	var narrow, unsure []target
	for i, t := range targets {
		switch r := met[i]; {
		case !r.Narrower(p.Range) || p.shown(t):
			p.done[t] = true
		case t.less == cells.None || r.Telling(p.Threshold) || p.mustBeWide(t):
			narrow = append(narrow, t)
		default:
			unsure = append(unsure, t)
		}
	}
	more, err := p.narrow(ctx, attack, p.view(), unsure)
	return append(narrow, more...), err
}

// narrow gives the targets that are proven to be too narrow in a view.
func (p *plan) narrow(ctx context.Context, attack Attack, v *cells.View, targets []target) ([]target, error) {
	ranges, err := p.attack(ctx, attack, v, targets, false)
	if err != nil {
		return nil, err
	}
	var narrow []target
	for i, t := range targets {
		if r := ranges[i]; r.Narrower(p.Range) && (t.less == cells.None || p.tells(t, r)) {
			narrow = append(narrow, t)
		}
	}
	return narrow, nil
}

// attack asks about targets.
func (p *plan) attack(ctx context.Context, attack Attack, v *cells.View, targets []target, glance bool) ([]cells.Range, error) {
	questions := make([]cells.Question, len(targets))
	for i, t := range targets {
		questions[i] = cells.Question{New: t.more, Old: t.less, Enough: p.Range, Glance: glance}
	}
	ranges, err := attack(ctx, v, questions, p.Counts())
	if err != nil {
		return nil, fmt.Errorf("attack the tables: %w", err)
	}
	return ranges, nil
}
