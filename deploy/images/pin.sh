#!/usr/bin/env bash
# Prints the digest of every image that the Dockerfile and docker-compose.yml begin with, as settings for the file .env
# that Compose reads: a tag may become another image, a digest never does. Needs docker with buildx, and the registry.
set -euo pipefail
cd "$(dirname "$0")/../.."

grep -ohE '[a-z][a-z/-]*:[A-Za-z0-9._-]+@\$\{[A-Z_]+' deploy/images/Dockerfile docker-compose.yml | sort -u |
  while IFS='@' read -r image variable; do
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
    if [[ ! $digest =~ ^sha256:[0-9a-f]{64}$ ]]; then
      echo "pin.sh: the registry gives no digest of $image; ask it again, or look it up by hand" >&2
      exit 1
    fi
    echo "# $image"
    echo "${variable#??}=$digest"
  done
