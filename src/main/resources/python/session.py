"""What obeys commands in transactions that somebody else begins and commits, whatever the tool.

Goes on from talk.py; change.py and django.py go on from here.
"""


class Session:
    """One connection to the database that is to be changed; each tool says what its commands do."""

    SAVEPOINT = "stampguard_revision"
    # Of an error: what it says about the transaction.
    CUTS = {"55P04": "before", "55006": "before", "25001": "alone", "2D000": "alone"}
    # After these the server is gone, and its last word says nothing about a commit.
    LOST = ("08", "57P")
    # A revision may take as long as it takes, and so may those who look at it.
    SETTINGS = (
        "SELECT pg_catalog.set_config(s.name, v.value, false) FROM pg_catalog.pg_settings s"
        " JOIN (VALUES ('statement_timeout', '0'), ('idle_in_transaction_session_timeout', '0'),"
        " ('idle_session_timeout', '0'), ('transaction_timeout', '0'), ('lock_timeout', '%d'))"
        " v (name, value) ON v.name = s.name"
    )

    def driver(self):
        """The connection of the driver's own."""
        raise NotImplementedError

    def looked(self):
        """Called when something was read, within the transaction if there is one."""

    def do(self, verb, argument):
        if verb == "begin":
            self.begin()
        elif verb == "stamp":
            self.stamp(argument)
        elif verb == "run":
            self.run(**argument)
        elif verb == "read":
            self.read(argument)
        elif verb == "commit":
            self.commit()
        elif verb == "rollback":
            self.reset()
            answer("done")
        elif verb == "alone":
            self.alone(**argument)
        else:
            raise ValueError("there is no command `%s`" % verb)

    def raw(self, sql):
        """Executes beside the tool, in the session's transaction; that begins if there is none."""
        cursor = self.driver().cursor()
        try:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
        finally:
            cursor.close()

    def read(self, statements):
        savepoint = "stampguard_look"
        error = None
        self.raw("SAVEPOINT " + savepoint)
        try:
            for statement in statements:
                rows = self.raw(statement["sql"])
                if statement["rows"]:
                    say(rows)
        except Exception as problem:
            error = problem
        try:
            self.raw("ROLLBACK TO SAVEPOINT " + savepoint)
            self.raw("RELEASE SAVEPOINT " + savepoint)
            self.looked()
        except Exception as gone:
            raise error or gone
        if error is None:
            answer("done")
        else:
            answer("failed", **trouble(error, None))
