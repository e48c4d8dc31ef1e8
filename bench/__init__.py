"""Speed and memory against peers, in one interleaved run of fresh processes; `make bench`."""
