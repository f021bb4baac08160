// Package browsertest shows a page to headless Chromium and tells what a reader would meet: what axe-core finds, how
// large letters are, and what is cut off or scrolls. It is for tests; it opens no network connection.
package browsertest
