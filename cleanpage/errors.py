"""The exceptions that cleanpage raises on purpose."""


class CleanpageError(ValueError):
    """A caller's mistake (wrong type, bad rule, malformed dict); the text says what to do instead.

    A bad *page* never raises: it gives an Article with ``warnings``.
    """


class LostError(CleanpageError):
    """A call in a worker process that did not survive it; the text says how the process ended."""
