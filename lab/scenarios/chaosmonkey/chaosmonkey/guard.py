"""Tries again, and gives up politely."""

import logging

import httpx

logger = logging.getLogger("guard")


def guarded(url, tries=2, timeout=0.3):
    for attempt in range(tries):
        try:
            return httpx.get(url, timeout=timeout).raise_for_status().status_code
        except httpx.HTTPError as error:
            logger.warning("attempt %d failed: %r", attempt + 1, error)
    return None
