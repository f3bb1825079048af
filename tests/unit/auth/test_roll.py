"""Lists of people as text."""

from api.auth.admin import roll


def test_a_line_with_characters_that_were_no_utf8_is_faulty() -> None:
    """A browser reads a file of another encoding as UTF-8, with a mark for each byte that is none."""
    saved = "email,full_name\nana@example.com,Ana\njuergen@example.com,Jürgen\n".encode("cp1252")
    fine, broken = roll.read(saved.decode(errors="replace"))
    assert fine.fault is None
    assert (broken.number, broken.fields) == (3, {})
    assert broken.fault is not None and "CSV UTF-8" in broken.fault
