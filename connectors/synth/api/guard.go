package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
)

// same compares secrets without telling by its time how much of them agrees.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// guard lets a request through with a token that holds, within the rate limit.
func (s *service) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		kind, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if !strings.EqualFold(kind, "Bearer") || !s.holds(token) {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
			http.Error(w, "token missing or expired", http.StatusUnauthorized)
			return
		}
		if wait := s.spend(); wait > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(wait))
			http.Error(w, "too many requests", http.StatusTooManyRequests)
			return
		}
		next(w, r)
	}
}

func (s *service) holds(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	end, known := s.tokens[token]
	return known && s.options.Now().Before(end)
}

// spend takes one request from the budget; with none left it gives the seconds to wait.
func (s *service) spend() int {
	rate := s.options.RateLimit
	if rate <= 0 {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	s.budget = min(s.budget+now.Sub(s.refilled).Seconds()*rate, max(rate, 1))
	s.refilled = now
	if s.budget < 1 {
		return int((1-s.budget)/rate) + 1
	}
	s.budget--
	return 0
}

// fails tells whether this page request is one that must fail.
func (s *service) fails() bool {
	if s.options.FailEvery <= 0 {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages++
	return s.pages%s.options.FailEvery == 0
}
