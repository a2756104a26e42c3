#!/usr/bin/env bash
# Installs what the tests use beside npm's packages, where that is possible: on Debian, as root. Elsewhere it says
# what is missing, and the tests that need it are skipped by name. The browser is found or installed by `npm run e2e`.
set -euo pipefail

# program  Debian package    what for
tools="nginx  nginx-light          a real web server: ranges, compression, keep-alive limits
cjpeg         libjpeg-turbo-progs  JPEG files of every kind, and a reference decoder
redis-server  redis-server         the queue of runs on several machines
exiftool  libimage-exiftool-perl  metadata of pictures and what raw photos contain, by another program
dcraw     dcraw                the same of raw photos, by a third
heif-enc      libheif-examples     HEIC files
cjxl          libjxl-tools         JPEG XL files
opj_compress  libopenjp2-tools     JPEG 2000 files
tmux          tmux                 a terminal whose screen can be read
zsh           zsh                  its completion
fish          fish                 its completion
shellcheck    shellcheck           scripts in the workflows
mandoc        mandoc               whether the man page is written as it should be
img2pdf       img2pdf              PDF files
ffmpeg        ffmpeg               videos, and what takes pictures out of them
jq            jq                   the pages' examples that ask JSON
desktop-file-validate  desktop-file-utils  the desktop files of the packed app
appstreamcli  appstream            what software centres show of it
update-mime-database  shared-mime-info  the types of lists that it names
makensis      nsis                 what the installer of Windows writes"

missing=()
while read -r program package purpose; do
  if ! PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null; then
    echo "$program is missing ($purpose): Debian's package $package"
    missing+=("$package")
  fi
done <<<"$tools"

if ((${#missing[@]} == 0)); then exit 0; fi
if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "Not installed by this script (it needs root and apt-get); the tests that need them are skipped."
  exit 0
fi
echo "Installing ${missing[*]} …"
export DEBIAN_FRONTEND=noninteractive
apt-get -qq -o DPkg::Lock::Timeout=300 update
apt-get -qq -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}" >/dev/null
