"""Day and night."""

from datetime import UTC, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=2))


def is_night(text):
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return not 6 <= moment.hour < 22


def beaufort(metres_a_second):
    limits = [0.3, 1.6, 3.4, 5.5, 8, 10.8, 13.9, 17.2, 20.8, 24.5, 28.5, 32.7]
    return sum(metres_a_second >= limit for limit in limits)
