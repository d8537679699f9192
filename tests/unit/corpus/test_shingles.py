"""How much two texts must share to have a shingle in common, and which texts are also compared by their characters."""

import pytest

from cleanpage.dedupe.fingerprint import fingerprint, unpack

WORDS = [f"w{n}" for n in range(20)]
IDEOGRAMS = [chr(0x4E00 + n) for n in range(20)]
THAI = [chr(0x0E01 + n) for n in range(40)]


def shingles(text):
    return set(unpack("I", fingerprint(text).trace))


@pytest.mark.parametrize(("tokens", "joint", "shared"), [(WORDS, " ", 3), (IDEOGRAMS, "", 5), (THAI, "", 10)])
def test_texts_share_a_shingle_from_so_many_tokens_in_a_row_on(tokens, joint, shared):
    whole = joint.join(tokens)
    other = "ㄅㄆㄇ" if tokens is IDEOGRAMS else "zz yy xx"
    assert shingles(whole) & shingles(joint.join(tokens[:shared]) + f" {other} {other}")
    assert not shingles(whole) & shingles(joint.join(tokens[: shared - 1]) + f" {other} {other}")


@pytest.mark.parametrize(
    ("words", "letters", "is_short"), [(59, 4, True), (60, 4, False), (60, 1, True), (200, 4, False)]
)
def test_texts_below_sixty_words_or_120_letters_are_compared_by_their_characters(words, letters, is_short):
    found = fingerprint(" ".join(str(n).zfill(letters)[-letters:] for n in range(words)))
    assert bool(found.grams) == bool(found.key) == is_short
