package audit

import (
	"context"
	"errors"
	"math"
	"slices"

	"doorstroom/pipelines/audit/simplex"
)

var (
	// ErrNotFinished says that a bound could not be proven within the time or the steps that there are.
	ErrNotFinished = errors.New("not finished")
	// errNothingFits says that no whole numbers solve a program.
	errNothingFits = errors.New("nothing fits")
)

// branches limits how many programs one bound may be divided into.
const branches = 20000

// repairEach is in how many branches a repair is tried.
const repairEach = 20

// search finds the bounds of a program. It keeps the points that it meets,
// because each of them says something about every variable.
type search struct {
	*program
	lp     *simplex.Solver
	walker *simplex.Walker
	work   []span // the spans in the branch that is looked at
	met    []span // the least and the greatest value of each variable at the points met
	outer  []span // what each variable is proven to lie in
	last   []int64
	points [][]int64 // the last few met
	bad    int       // the cell to name when nothing fits

	// of the bound that is looked for
	objective []term
	terms     []simplex.Term
	goal      int64 // the value that is good enough, or endless
	best      int64
	found     bool
	left      int
}

func newSearch(p *program) *search {
	s := &search{program: p, met: make([]span, len(p.spans)), bad: -1}
	s.work = append(s.work, p.spans...)
	s.outer = append(s.outer, p.spans...)
	s.lp, s.walker = simplex.New(p.linear()), simplex.NewWalker(p.linear())
	return s
}

// linear writes a program for the solver.
func (p *program) linear() simplex.Problem {
	lp := simplex.Problem{Columns: make([][]simplex.Term, len(p.spans))}
	for j, column := range p.columns {
		for _, t := range column {
			lp.Columns[j] = append(lp.Columns[j], simplex.Term{Index: t.index, Sign: t.sign})
		}
		lp.Lower = append(lp.Lower, float64(p.spans[j].low))
		lp.Upper = append(lp.Upper, upper(p.spans[j].high))
	}
	for _, r := range p.rows {
		lp.Right = append(lp.Right, float64(r.right))
	}
	return lp
}

func upper(high int64) float64 {
	if high == endless {
		return math.Inf(1)
	}
	return float64(high)
}

// start finds a first point: near the one that the linear program gives, or by dividing.
func (s *search) start(ctx context.Context) error {
	if s.last != nil {
		return nil
	}
	s.objective, s.terms, s.found, s.goal = nil, nil, false, endless
	if s.lp.Maximize(ctx, nil) == simplex.Optimal {
		x, _ := s.round()
		s.walkFrom(ctx, x)
	}
	_, err := s.greatest(ctx, nil)
	return err
}

// walkFrom walks towards the objective and takes in where that ends. It tells
// whether it found that nothing limits the objective.
func (s *search) walkFrom(ctx context.Context, x []int64) (endless bool) {
	s.walker.Set(x)
	if s.walker.Walk(ctx, s.terms) {
		return s.unlimited(s.objective, s.walker.Ray)
	}
	end := make([]int64, len(x))
	for j := range end {
		end[j] = int64(math.Round(s.walker.X(j)))
	}
	s.meet(end)
	return false
}

// greatest finds the greatest value of an objective, endless when nothing
// limits it. Once there is a first point an objective has a value to beat.
func (s *search) greatest(ctx context.Context, objective []term) (int64, error) {
	s.aim(objective)
	if len(objective) > 0 && s.walk(ctx) {
		return s.best, nil
	}
	if err := s.branch(ctx); err != nil {
		return 0, err
	}
	if !s.found {
		return 0, errNothingFits
	}
	return s.best, nil
}

// aim sets the objective of what follows.
func (s *search) aim(objective []term) {
	s.objective, s.terms = objective, s.terms[:0]
	for _, t := range objective {
		s.terms = append(s.terms, simplex.Term{Index: t.index, Sign: t.sign})
	}
	s.found, s.left = s.last != nil, branches
}

// look looks for better values of an objective in a few branches, for what that meets.
func (s *search) look(ctx context.Context, objective []term, enough int64, branches int) error {
	s.aim(objective)
	low, _ := s.seen(objective)
	s.goal, s.left = low+enough, branches
	if s.walk(ctx) {
		if s.best == endless && len(objective) == 1 {
			s.met[objective[0].index].high = endless
		}
		return nil
	}
	if err := s.branch(ctx); err != nil && (ctx.Err() != nil || !errors.Is(err, ErrNotFinished)) {
		return err
	}
	return nil
}

// walk goes from the best point that is kept to a better one. It tells whether
// it found the greatest value.
func (s *search) walk(ctx context.Context) bool {
	from := s.last
	for _, x := range s.points {
		if value(s.objective, x) > value(s.objective, from) {
			from = x
		}
	}
	_, s.best = s.seen(s.objective)
	if s.walkFrom(ctx, from) {
		s.best = endless
		return true
	}
	_, s.best = s.seen(s.objective)
	return s.best == s.limit(s.objective) || s.best >= s.goal
}

// branch looks through the program with the spans as they are now, for a point
// that is better than the best one.
func (s *search) branch(ctx context.Context) error {
	if s.found && s.best >= s.goal {
		return nil
	}
	if s.left--; s.left < 0 || ctx.Err() != nil {
		return ErrNotFinished
	}
	switch s.lp.Maximize(ctx, s.terms) {
	case simplex.Infeasible:
		return s.empty(ctx)
	case simplex.Unbounded:
		return s.grow()
	case simplex.Optimal:
		return s.divide(ctx)
	}
	return ErrNotFinished
}

// empty makes sure that nothing fits the branch: by the multipliers, or else by
// looking at each row alone. When neither proves it, the branch is cut in two.
func (s *search) empty(ctx context.Context) error {
	if bound, ok := s.certify(nil, s.lp.Multiplier, s.work, -1); ok && bound < 0 {
		s.blame()
		return nil
	}
	spans := slices.Clone(s.work)
	if bad := narrow(s.rows, s.in(), spans); bad >= 0 {
		s.bad = s.rows[bad].cell
		return nil
	}
	at := -1
	for j, span := range s.work {
		if !span.fixed() && (at < 0 || span.high-span.low < s.work[at].high-s.work[at].low) {
			at = j
		}
	}
	if at < 0 {
		return ErrNotFinished
	}
	return s.halve(ctx, at)
}

// blame remembers the cell of the row that weighs most in what cannot be.
func (s *search) blame() {
	most := 0.0
	for i, r := range s.rows {
		if y := math.Abs(s.lp.Multiplier(i)); y > most {
			most, s.bad = y, r.cell
		}
	}
}

// grow makes sure that the objective has no limit.
func (s *search) grow() error {
	if !s.found || !s.unlimited(s.objective, s.lp.Ray) {
		return ErrNotFinished
	}
	s.best = endless
	return nil
}

// divide looks at the best point of the linear program: it is whole, or it is
// no better than what was met, or the branch is cut in two at it.
func (s *search) divide(ctx context.Context) error {
	x, fraction := s.round()
	hoped := int64(math.Floor(s.height() + 1e-6))
	bound, ok := s.certify(s.objective, s.lp.Multiplier, s.work, hoped)
	if !ok {
		return ErrNotFinished
	}
	if s.found && bound <= s.best {
		return nil
	}
	if fraction < 0 {
		if !s.meet(x) || s.best < bound {
			return ErrNotFinished
		}
		return nil
	}
	if s.repair(ctx, x, bound) && bound <= s.best {
		return nil
	}
	return s.halve(ctx, fraction)
}

// repair looks for a point with a bound as its objective near one that does
// not fit, by a walk on which the objective is fixed. It tells whether it found
// any that is better.
func (s *search) repair(ctx context.Context, x []int64, bound int64) bool {
	if len(s.objective) > 1 || bound == endless || (branches-s.left)%repairEach != 1 {
		return false
	}
	before := s.best
	for _, t := range s.objective {
		v := bound * int64(t.sign)
		s.walker.SetBounds(int(t.index), float64(v), float64(v))
		defer s.walker.SetBounds(int(t.index), float64(s.spans[t.index].low), upper(s.spans[t.index].high))
		x[t.index] = v
	}
	found := s.found
	s.walkFrom(ctx, x)
	return s.best > before || s.found && !found
}

// height is the value of the objective at the point of the linear program.
func (s *search) height() float64 {
	sum := 0.0
	for _, t := range s.objective {
		sum += float64(t.sign) * s.lp.X(int(t.index))
	}
	return sum
}

// round gives the point of the linear program in whole numbers, and the
// variable to halve at, or -1 when all are whole: the one furthest from whole,
// or as long as there is no point yet the nearest one, because that ends soonest.
func (s *search) round() ([]int64, int) {
	x := make([]int64, len(s.spans))
	chosen, at := 0.0, -1
	for j := range x {
		v := s.lp.X(j)
		near := math.Round(v)
		x[j] = int64(near)
		d := math.Abs(v - near)
		if d > 1e-5 && (at < 0 || (d > chosen) == s.found) {
			chosen, at = d, j
		}
	}
	return x, at
}

// meet takes in a point, if it solves the program.
func (s *search) meet(x []int64) bool {
	if !s.fits(x) {
		return false
	}
	for j, v := range x {
		if s.last == nil {
			s.met[j] = span{v, v}
			continue
		}
		s.met[j] = span{min(s.met[j].low, v), max(s.met[j].high, v)}
	}
	s.last = x
	s.points = append(s.points, x)
	if len(s.points) > kept {
		s.points = s.points[1:]
	}
	if v := value(s.objective, x); !s.found || v > s.best {
		s.best, s.found = v, true
	}
	return true
}

// halve looks through the two branches at a variable that is not whole, the nearer one first.
func (s *search) halve(ctx context.Context, j int) error {
	whole := s.work[j]
	v := s.lp.X(j)
	cut := max(whole.low, min(whole.high-1, int64(math.Floor(v))))
	halves := []span{{whole.low, cut}, {cut + 1, whole.high}}
	if v-float64(cut) > 0.5 {
		slices.Reverse(halves)
	}
	defer s.set(j, whole)
	for _, half := range halves {
		s.set(j, half)
		if err := s.branch(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (s *search) set(j int, to span) {
	s.work[j] = to
	s.lp.SetBounds(j, float64(to.low), upper(to.high))
}
