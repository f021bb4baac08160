package synth

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

func date(d day) value {
	if d == 0 {
		return value{}
	}
	return value{kind: dated, n: int64(d)}
}

func integer(n int) value { return value{kind: whole, n: int64(n)} }

func hours(h float64) value { return value{kind: hundreds, n: int64(h*100 + 0.5)} }

// maxFields is the largest number of own columns of a record other than the wages.
const maxFields = 9

// version is what a supplier knew about one record from a day on.
type version struct {
	known  day
	gone   bool // the record was deleted
	v, b   uint64
	fields [maxFields]value
}

// record is one supplier record with its versions, oldest first.
type record struct {
	kind        recordKind
	town        int // for municipal records
	number      int // within person and kind
	first, last int // versions
}

// life collects the records of one person, reusing its memory from person to person.
type life struct {
	records  []record
	versions []version
	numbers  [recordKinds]int
	linkDay  day // from which the supplier at hand knows both pseudonyms
	v, b     uint64
}

func (l *life) reset() {
	l.records, l.versions = l.records[:0], l.versions[:0]
	l.numbers = [recordKinds]int{}
}

// as sets the pseudonym numbers of the records that follow: v alone until linkDay, both from then on. Either may be 0.
func (l *life) as(v, b uint64, linkDay day) { l.v, l.b, l.linkDay = v, b, linkDay }

// add starts a record that the supplier knows of from a day on.
func (l *life) add(kind recordKind, town int, known day, fields ...value) {
	l.numbers[kind]++
	l.records = append(l.records, record{kind: kind, town: town, number: l.numbers[kind], first: len(l.versions), last: len(l.versions)})
	v := version{known: known}
	copy(v.fields[:], fields)
	l.identify(&v)
	l.versions = append(l.versions, v)
	if l.linkDay > known && l.v != 0 && l.b != 0 {
		l.change(l.linkDay)
	}
}

// identify sets the pseudonyms that a version carries.
func (l *life) identify(v *version) {
	v.v, v.b = l.v, l.b
	if v.v != 0 && v.b != 0 && v.known < l.linkDay {
		v.b = 0
	}
}

// change gives the newest record another version from a day on, to be altered by the caller. Versions stay in the order in which they became known.
func (l *life) change(known day) *version {
	r := &l.records[len(l.records)-1]
	v := l.versions[r.last]
	v.known = max(known, v.known)
	l.identify(&v)
	l.versions = append(l.versions, v)
	r.last = len(l.versions) - 1
	return &l.versions[r.last]
}

// state is the version of a record that a supplier held at the end of a day; nil when it had none yet.
func (l *life) state(r *record, d day) *version {
	var held *version
	for i := r.first; i <= r.last; i++ {
		if v := &l.versions[i]; v.known <= d {
			held = v
		}
	}
	return held
}
