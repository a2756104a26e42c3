#!/usr/bin/env bash
# Runs one shard on each of several machines: run.sh HOSTS PLACE thumbs|fetch ARGUMENTS…
# HOSTS is a file with one machine a line, as ssh knows them. PLACE is a folder that all of them see, where paths start.
set -euo pipefail

if (($# < 4)); then
  sed -n '2,3s/^# //p' "$0" >&2
  exit 2
fi
mapfile -t hosts < <(grep -vE '^[[:space:]]*(#|$)' "$1")
place=$2
shift 2
of=${#hosts[@]}

pids=()
for ((at = 0; at < of; at += 1)); do
  shard=$((at + 1))
  # The other machine's shell reads the words once more.
  command=$(printf '%q ' shoal "$@" --shard "$shard/$of" --json)
  remote="cd $(printf %q "$place") && mkdir -p reports && SHOAL_STATE_DIR=\"\$PWD\"/state/$shard $command >reports/$shard.ndjson"
  ssh -n -o BatchMode=yes -- "${hosts[at]}" "$remote" &
  pids+=($!)
done

# 0 all well, 1 some items failed, 255 a machine was not reached: the worst of them.
worst=0
for ((at = 0; at < of; at += 1)); do
  code=0
  wait "${pids[at]}" || code=$?
  if ((code > 0)); then echo "${hosts[at]} (shard $((at + 1))/$of) ended with $code" >&2; fi
  if ((code > worst)); then worst=$code; fi
done
exit "$worst"
