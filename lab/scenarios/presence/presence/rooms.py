"""Who is in which room."""

import time

import redis


class Room:
    """One client writes, one reads, one hears."""

    def __init__(self, name):
        self.name = name
        self.writer = redis.Redis(port=6379, decode_responses=True, retry=None)
        self.reader = redis.Redis(port=6379, decode_responses=True, retry=None)
        self.hearer = redis.Redis(port=6379, decode_responses=True, retry=None)

    def enter(self, person):
        self.hearer.ping()
        self.writer.sadd(self.name, person)
        time.sleep(0.3)
        return self.reader.scard(self.name)

    def leave(self):
        self.writer.delete(self.name)

    def close(self):
        for client in (self.writer, self.reader, self.hearer):
            client.close()
