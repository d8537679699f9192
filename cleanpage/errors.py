"""The one exception that cleanpage raises on purpose."""


class CleanpageError(ValueError):
    """A caller's mistake (wrong type, bad rule, malformed dict); the text says what to do instead.

    A bad *page* never raises: it gives an Article with ``warnings``.
    """
