#!/usr/bin/env bash
# Prints the memory counters of the control group that this runs in, as the kernel writes them.
# HOST_ROOT is where /proc and /sys of the machine stand, if not in their own places.
set -euo pipefail

root=${HOST_ROOT:-}
while IFS=: read -r _ controllers path; do
  for file in \
    "$root/sys/fs/cgroup$path/memory.events" \
    "$root/sys/fs/cgroup/memory.events" \
    "$root/sys/fs/cgroup/memory$path/memory.oom_control" \
    "$root/sys/fs/cgroup/memory/memory.oom_control"; do
    case "$controllers,$file" in
      ,*memory.events | memory,*memory.oom_control)
        if [ -r "$file" ]; then
          cat "$file"
          exit 0
        fi
        ;;
    esac
  done
done <"$root/proc/self/cgroup"
