#!/usr/bin/env bash
# Installs the programs that Shoal is measured against, from Debian's packages. Run as root.
set -euo pipefail
apt-get update
apt-get install -y --no-install-recommends \
  python3-pil libvips-tools graphicsmagick \
  libimage-exiftool-perl aria2 curl nginx-light libjpeg-turbo-progs
