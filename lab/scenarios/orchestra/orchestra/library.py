"""The orchestra's library of scores."""

import os

from sqlalchemy import QueuePool, create_engine, text

engine = create_engine(
    "sqlite://",
    poolclass=QueuePool,
    pool_size=int(os.environ.get("ORCHESTRA_POOL", "6")),
    max_overflow=0,
    pool_timeout=0.5,
)
_lent = {}


def minutes(bars, tempo):
    with engine.connect() as connection:
        found = connection.execute(
            text("select :bars * 4.0 / :tempo"), {"bars": bars, "tempo": tempo}
        )
        return found.scalar_one()


def programme(evening, soloist=None):
    connection = engine.connect()
    pieces = connection.execute(text("select :n % 3 + 2"), {"n": len(evening)}).scalar_one()
    if soloist is None:
        _lent[evening] = connection
        return {"evening": evening, "pieces": pieces}
    connection.close()
    return {"evening": evening, "pieces": pieces, "soloist": soloist}
