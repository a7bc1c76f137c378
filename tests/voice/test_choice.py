"""Which voice it is: asked for, by the environment, in lecture.toml, or the one that there is."""

import pytest

from gdlecture.commands.speaking import VARIABLE, chosen_voice
from gdstage.look.brand import BrandError, brand_at


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    monkeypatch.chdir(tmp_path)

    def told(text):
        (tmp_path / "lecture.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return told


def test_an_english_lecture_is_spoken_by_hibari_and_another_by_nobody(course):
    assert chosen_voice(None, None, course("")) == ("hibari", "")
    assert chosen_voice(None, None, course('language = "en-GB"')) == ("hibari", "")
    assert chosen_voice(None, None, course('language = "de"')) == ("none", "")


def test_a_lecture_says_who_speaks_and_whoever_asks_goes_before(course, monkeypatch):
    folder = course('voice = "me"\n')
    (folder / "me").mkdir()
    assert chosen_voice(None, None, folder) == (str(folder / "me"), "")
    assert chosen_voice("hibari", None, folder) == ("hibari", "")
    assert chosen_voice(None, "speak {out}", folder) == ("none", "speak {out}")
    assert chosen_voice(None, None, course('voice_command = "speak"')) == ("none", "speak")
    monkeypatch.setenv(VARIABLE, "none")
    assert chosen_voice(None, None, folder) == ("none", "")


def test_a_voice_is_heard_and_not_seen(course):
    assert brand_at(course('voice = "none"')).digest() == brand_at(course("")).digest() == ""
    with pytest.raises(BrandError, match="voice: expected hibari, none, or a folder, found 3"):
        brand_at(course("voice = 3"))
