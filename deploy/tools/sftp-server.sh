#!/usr/bin/env bash
# Puts OpenSSH's SFTP server, which the tests fetch deliveries from, at the path that is given: the one that this system
# has, else the one of Debian's package, unpacked and not installed. apt checks Debian's signature; the version is that of
# the system's release, because mirrors keep no older one.
set -euo pipefail
to=$1
mkdir -p "$(dirname "$to")"
for dir in /usr/lib/openssh /usr/lib/ssh /usr/libexec/openssh /usr/libexec; do
	if [ -x "$dir/sftp-server" ]; then
		ln -sf "$dir/sftp-server" "$to"
		exit 0
	fi
done
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
	echo "make tools: sftp-server is missing; install OpenSSH's server" >&2
	exit 3
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fetch() { apt-get download -q -o APT::Sandbox::User=root openssh-sftp-server; }
fetch 2>/dev/null || { apt-get update -qq && fetch; } || {
	echo "make tools: sftp-server is missing and apt cannot fetch it; install OpenSSH's server" >&2
	exit 3
}
dpkg-deb -x ./*.deb .
mv usr/lib/openssh/sftp-server "$to.new"
mv "$to.new" "$to"
