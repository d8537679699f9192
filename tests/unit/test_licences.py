"""SECURITY.md lists what users install, with its licences."""

from tests import licences


def test_security_lists_every_dependency_as_installed():
    """``python -m tests.licences --write`` makes the table anew."""
    rows = licences.table().splitlines()
    assert rows[0].startswith("| package") and len(rows) == 2 + len(licences.requirements())
    assert "\n".join(rows) in licences.SECURITY.read_text(encoding="utf-8")
    assert "?" not in licences.table()
