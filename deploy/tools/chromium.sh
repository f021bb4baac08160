#!/usr/bin/env bash
# Puts headless Chromium, which the tests look at pages with, into the folder that is given: Debian's package and what of
# its libraries this system lacks, unpacked and not installed. apt checks Debian's signature; the version is that of the
# system's release, because mirrors keep no older one.
set -euo pipefail
to=$1
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
	echo "make tools: headless Chromium is missing and this system has no apt; the tests of pages need Debian's package" >&2
	exit 3
fi
rm -rf "$to" "$to.new"
mkdir -p "$to.new/packages/partial" "$to.new/root"
# A font too: a page without letters cannot be looked at.
fetch() {
	apt-get -qq -y -d --no-install-recommends -o Debug::NoLocking=1 -o APT::Sandbox::User=root \
		-o Dir::Cache::archives="$to.new/packages" install chromium-headless-shell fonts-dejavu-core
}
fetch >/dev/null 2>&1 || { apt-get update -qq && fetch >/dev/null; } || {
	echo "make tools: apt cannot fetch headless Chromium; see what it says to 'apt-get install chromium-headless-shell'" >&2
	exit 3
}
for package in "$to.new"/packages/*.deb; do
	dpkg-deb -x "$package" "$to.new/root"
done
rm -rf "$to.new/packages"
cat >"$to.new/chromium-headless-shell" <<'SH'
#!/bin/sh
# Starts the browser of this folder with its own libraries, else with those of the system.
root=$(dirname "$(readlink -f "$0")")/root
here=$root/usr/lib/chromium
[ -x "$here/chromium-headless-shell" ] || here=/usr/lib/chromium
libraries=$root/usr/lib/$(uname -m)-linux-gnu
XDG_DATA_HOME=$root/usr/share LD_LIBRARY_PATH=$libraries:$libraries/pulseaudio:$here exec "$here/chromium-headless-shell" "$@"
SH
chmod +x "$to.new/chromium-headless-shell"
mv "$to.new" "$to"
