package synth

import (
	"slices"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/schemas"
)

// recordKind is one of the contract's records.
type recordKind uint8

const (
	coaStay recordKind = iota
	coaPermit
	coaPlacement
	coaParticipation
	municipalityResidence
	municipalityBijstand
	municipalityInburgering
	municipalityProvision
	duoObligation
	duoExam
	duoMbo
	idwValuation
	uwvWorkPermit
	uwvEmployment
	recordKinds
)

// recordColumns names a record's columns in the delivery, after recordnummer, mutatie and the two pseudonyms.
type recordColumns struct {
	record, supplier, file string
	names                  []string
	control                int // index of the integer column that the manifest sums, -1 when there is none
}

// columns follows contract/records.csv; a test holds them equal.
var columns = [recordKinds]recordColumns{
	coaStay:                 {"coa_stay", "coa", "verblijf", []string{"locatie", "gemeentecode", "begindatum", "einddatum"}, -1},
	coaPermit:               {"coa_permit", "coa", "verblijfstitel", []string{"aanvraagdatum", "verblijfstitel", "ingangsdatum", "einddatum", "nationaliteit", "geboortejaar", "geslacht", "instroom", "kansrijk"}, -1},
	coaPlacement:            {"coa_placement", "coa", "koppeling", []string{"gemeentecode", "koppeldatum", "verwachte_huisvesting"}, -1},
	coaParticipation:        {"coa_participation", "coa", "participatie", []string{"soort", "begindatum", "einddatum", "uren_per_week"}, -1},
	municipalityResidence:   {"municipality_residence", "municipality", "vestiging", []string{"gemeentecode", "vestigingsdatum", "vertrekdatum", "vertrekreden", "inschrijfdatum_brp"}, -1},
	municipalityBijstand:    {"municipality_bijstand", "municipality", "bijstand", []string{"gemeentecode", "regeling", "ingangsdatum", "einddatum", "datum_toekenning", "leefvorm", "reden_instroom", "reden_uitstroom", "rol"}, -1},
	municipalityInburgering: {"municipality_inburgering", "municipality", "inburgering", []string{"gemeentecode", "start_brede_intake", "einde_brede_intake", "dagtekening_pip", "leerroute", "eindgesprek_map", "ondertekening_pvt"}, -1},
	municipalityProvision:   {"municipality_provision", "municipality", "voorziening", []string{"gemeentecode", "voorziening", "startbaan", "begindatum", "einddatum", "uren_per_week", "sector"}, -1},
	duoObligation:           {"duo_obligation", "duo", "", []string{"wet", "begindatum", "einddatum", "doelgroep", "startdatum_termijn", "einddatum_termijn", "voldaan_op", "vrijstelling", "ontheffing"}, -1},
	duoExam:                 {"duo_exam", "duo", "", []string{"examendatum", "onderdeel", "niveau", "resultaat"}, -1},
	duoMbo:                  {"duo_mbo", "duo", "", []string{"soort", "niveau", "begindatum", "einddatum", "resultaat"}, 1},
	idwValuation:            {"idw_valuation", "idw", "", []string{"datum_aanvraag", "datum_besluit", "soort", "nlqf", "isced_veld", "land"}, 3},
	uwvWorkPermit:           {"uwv_work_permit", "uwv", "", []string{"datum_aanvraag", "datum_besluit", "besluit", "functie", "sector", "geldig_van", "geldig_tot"}, -1},
	uwvEmployment:           {"uwv_employment", "uwv", "", []string{"ikv_nummer", "pseudoniem_werkgever", "datum_begin_periode", "datum_eind_periode", "datum_begin_ikv", "datum_eind_ikv", "reden_einde", "soort_inkomen", "aard_arbeidsverhouding", "onbepaalde_tijd", "schriftelijk", "oproep", "verloonde_uren", "contracturen_per_week", "loon_sv", "sector"}, 14},
}

// Suppliers are those whose deliveries are made up here, in the order of the contract: those of the records above.
func Suppliers() (made []string) {
	for _, supplier := range schemas.Suppliers {
		if slices.ContainsFunc(columns[:], func(c recordColumns) bool { return c.supplier == supplier }) {
			made = append(made, supplier)
		}
	}
	return made
}

// cellKind is the shape of one value.
type cellKind uint8

const (
	absent    cellKind = iota
	textual            // s
	dated              // n is a day
	dayless            // n is a day of which the supplier does not know the day of the month
	yearOnly           // nor the month
	whole              // n
	hundreds           // n hundredths, written as hours
	shapeless          // s as it is: a broken value
)

// value is one field of a record.
type value struct {
	kind cellKind
	n    int64
	s    string
}

func text(s string) value {
	if s == "" {
		return value{}
	}
	return value{kind: textual, s: s}
}

func date(d calendar.Day) value {
	if d == 0 {
		return value{}
	}
	return value{kind: dated, n: int64(d)}
}

func integer(n int) value { return value{kind: whole, n: int64(n)} }

func hours(h float64) value { return value{kind: hundreds, n: int64(h*100 + 0.5)} }

// maxFields is the largest number of own columns of a record other than the wages.
const maxFields = 9

// version is what a supplier holds about one record on a day.
type version struct {
	gone   bool // the record was deleted
	v, b   uint64
	fields [maxFields]value
}

// What a change is about: a field by its index, or one of these.
const (
	ofV = -1 - iota
	ofB
	ofDeletion
)

// change is one thing that a supplier learns about a record after it has the record. Each is a matter of its own: when one becomes known late, such as the
// second pseudonym, it holds up none of the others.
type change struct {
	known  calendar.Day
	what   int
	number uint64 // pseudonym
	value  value
}

// record is one supplier record as the supplier first had it, and what it learnt about it since, in the order of the days.
type record struct {
	kind        recordKind
	town        int // for municipal records
	number      int // within person and kind
	known       calendar.Day
	base        version
	first, last int // changes, last excluded
}

// life collects the records of one person, reusing its memory from person to person.
type life struct {
	records []record
	changes []change
	numbers [recordKinds]int
	linkDay calendar.Day // from which the supplier at hand knows both pseudonyms
	v, b    uint64
}

func (l *life) reset() {
	l.records, l.changes = l.records[:0], l.changes[:0]
	l.numbers = [recordKinds]int{}
}

// never is the link day of a supplier that does not learn of the other pseudonym.
const never calendar.Day = 1 << 30

// as sets the pseudonym numbers of the records that follow: v alone until linkDay, both from then on. Either may be 0.
func (l *life) as(v, b uint64, linkDay calendar.Day) { l.v, l.b, l.linkDay = v, b, linkDay }

// add starts a record that the supplier knows of from a day on.
func (l *life) add(kind recordKind, town int, known calendar.Day, fields ...value) {
	l.numbers[kind]++
	r := record{kind: kind, town: town, number: l.numbers[kind], known: known, first: len(l.changes), last: len(l.changes)}
	r.base.v, r.base.b = l.v, l.b
	copy(r.base.fields[:], fields)
	linkedLater := l.v != 0 && l.b != 0 && l.linkDay > known
	if linkedLater {
		r.base.b = 0
	}
	l.records = append(l.records, r)
	if linkedLater {
		l.learn(change{known: l.linkDay, what: ofB, number: l.b})
	}
}

// learn gives the newest record a change and keeps its changes in the order in which they become known, whatever order they are told in.
func (l *life) learn(c change) {
	r := &l.records[len(l.records)-1]
	l.changes = append(l.changes, c)
	r.last = len(l.changes)
	for i := r.last - 1; i > r.first && l.changes[i-1].known > c.known; i-- {
		l.changes[i-1], l.changes[i] = l.changes[i], l.changes[i-1]
	}
}

// set lets the supplier learn a field of the newest record on a day.
func (l *life) set(known calendar.Day, field int, v value) {
	l.learn(change{known: known, what: field, value: v})
}

// setV lets the supplier put a V pseudonym on the newest record.
func (l *life) setV(known calendar.Day, v uint64) {
	l.learn(change{known: known, what: ofV, number: v})
}

// remove lets the supplier delete the newest record.
func (l *life) remove(known calendar.Day) { l.learn(change{known: known, what: ofDeletion}) }

// holding is a record as a supplier holds it, moving on with the days.
type holding struct {
	version
	changes []change // still to come
}

func (l *life) hold(r *record) holding { return holding{r.base, l.changes[r.first:r.last]} }

// until takes in what the supplier has learnt up to and with a day; it tells whether that was anything.
func (h *holding) until(d calendar.Day) bool {
	n := 0
	for ; n < len(h.changes) && h.changes[n].known <= d; n++ {
		h.apply(&h.changes[n])
	}
	h.changes = h.changes[n:]
	return n > 0
}

func (h *holding) apply(c *change) {
	switch c.what {
	case ofV:
		h.v = c.number
	case ofB:
		h.b = c.number
	case ofDeletion:
		h.gone = true
	default:
		h.fields[c.what] = c.value
	}
}
