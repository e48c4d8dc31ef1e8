"""Who is in which ward."""

import time

import psycopg

DSN = "host=127.0.0.1 port=5432 user=app dbname=postgres"


class Register:
    """The register of one clinic."""

    def __init__(self):
        self.connection = psycopg.connect(DSN, autocommit=True)

    def admit(self, insurance, name, ward):
        self.connection.execute("insert into patients values (%s, %s, %s)", [insurance, name, ward])
        time.sleep(0.25)

    def ward(self, insurance):
        asked = self.connection.execute(
            "select ward from patients where insurance = %s", [insurance]
        )
        return asked.fetchone()[0]

    def discharge(self, insurance):
        self.connection.execute("delete from patients where insurance = %s", [insurance])
