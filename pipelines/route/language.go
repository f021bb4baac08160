package route

import "doorstroom/schemas"

// passed tells whether an exam was passed.
func passed(r *Exam) bool { return r.Result == "geslaagd" }

// languageParts is the number of parts of a language level.
const languageParts = 4

// languagePart gives the position of a language part, -1 for another part.
func languagePart(part string) int {
	switch part {
	case "LE":
		return 0
	case "LU":
		return 1
	case "SC":
		return 2
	case "SP":
		return 3
	}
	return -1
}

// languageLevels gives how many of A2, B1, B2 an exam at the level proves.
func languageLevels(level string) int {
	switch level {
	case "A2":
		return 1
	case "B1":
		return 2
	case "B2":
		return 3
	}
	return 0
}

// findLanguage notes the first day on which all four parts have been passed at
// a level or higher: the latest of the first days of the parts.
func (b *Builder) findLanguage(exams []Exam) {
	var first [3][languageParts]schemas.Date
	for i := range exams {
		r := &exams[i]
		part := languagePart(r.Part)
		if part < 0 || !passed(r) {
			continue
		}
		for level := range languageLevels(r.Level) {
			first[level][part] = earliest(first[level][part], r.TakenOn)
		}
	}
	for level, parts := range first {
		complete, date := true, schemas.Date(0)
		for _, d := range parts {
			complete, date = complete && d != 0, max(date, d)
		}
		if complete {
			b.derived(LanguageA2+MilestoneKind(level), date)
		}
	}
}
