package decode

import "unicode/utf8"

// windows1252High are the characters 0x80 to 0x9f; 0 for the five bytes that
// Windows-1252 does not have. From 0xa0 on a byte is the character of its number.
// https://encoding.spec.whatwg.org/index-windows-1252.txt, but for the five.
var windows1252High = [32]rune{
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
}

// undefined1252 tells the bytes that Windows-1252 does not have.
func undefined1252(c byte) bool { return c >= 0x80 && c < 0xa0 && windows1252High[c-0x80] == 0 }

// append1252 appends a Windows-1252 text as UTF-8.
func append1252(dst, text []byte) []byte {
	for _, c := range text {
		switch {
		case c < 0x80:
			dst = append(dst, c)
		case c < 0xa0:
			dst = utf8.AppendRune(dst, windows1252High[c-0x80])
		default:
			dst = utf8.AppendRune(dst, rune(c))
		}
	}
	return dst
}
