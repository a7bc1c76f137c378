import pytest

from gdmath import LOG_VALLEY, descend, gradient_step
from gdstage.clip import PAUSE, Clip, reading_time
from gdstage.facts import StoryError
from gdstage.pace import TICK
from gdstage.speaker import Spoken, spoken_by


class Reader:
    """Takes two seconds for each word."""

    name = "reader"

    def __init__(self):
        self.asked = []

    def speak(self, number, text):
        self.asked.append((number, text))
        return Spoken(text.upper(), 2.0 * len(text.split()))


class Told(Clip):
    topic = "Test"

    def construct(self):
        self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
        self.beat("one", "Two words.")
        self.hold(0.4)
        self.beat("two", "Short.", say=f"With α = {self.facts.rate('w')}, longer.")
        self.say(f"It takes {self.facts.steps('w')} steps.")
        self.hold(0.4)
        self.beat("three", "Nothing is said.", say="")
        self.hold(0.4)


@pytest.fixture
def told(without_frames):
    with spoken_by(Reader()):
        return without_frames(Told)


def test_a_beat_holds_until_its_words_are_said(told):
    beats, phrases = told.evidence.beats, told.narration.phrases
    assert [p["text"] for p in phrases] == [
        "Two words.", "With α = 0.1, longer.", "It takes 3 steps.",
    ]  # fmt: skip
    assert [p["words"] for p in phrases] == [p["text"].upper() for p in phrases]
    pause = PAUSE * TICK
    assert phrases[0]["t0"] == pytest.approx(pause, abs=1e-6)
    for phrase, beat in zip(phrases, (beats[0], beats[1], beats[1]), strict=True):
        assert beat["t0"] + pause <= phrase["t0"] + 1e-6
        assert phrase["t1"] - phrase["t0"] == pytest.approx(2 * len(phrase["text"].split()))
        assert beat["t1"] >= phrase["t1"] + pause - 1e-6
    assert phrases[2]["t0"] >= phrases[1]["t1"] + pause - 1e-6
    assert beats[2]["t1"] - beats[2]["t0"] < reading_time("Nothing is said.") + 0.1
    for beat in beats:
        for key in ("t0", "t1"):
            assert beat[key] / TICK == pytest.approx(round(beat[key] / TICK), abs=1e-6)


def test_facts_that_are_said_are_kept_as_those_of_captions_are(told):
    phrases = told.narration.phrases
    assert "facts" not in phrases[0]  # the caption, whose facts are its beat's
    assert [fact.what for fact in phrases[1]["facts"]] == ["rate"]
    assert [fact.what for fact in phrases[2]["facts"]] == ["steps"]
    assert told.evidence.beats[1]["facts"] == []


def test_words_may_say_the_caption_again(without_frames):
    class Again(Told):
        def construct(self):
            self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
            rate = self.facts.rate("w")
            self.beat(
                "one", f"It goes {self.facts.steps('w')} steps, α = {rate}.", say="A dot. {caption}"
            )
            self.hold(0.4)
            self.beat("two", f"And {self.facts.steps('w')}.", say="No digit here.")
            self.hold(0.4)

    with spoken_by(Reader()):
        clip = without_frames(Again)
    first, second = clip.narration.phrases
    assert first["text"] == "A dot. It goes 3 steps, α = 0.1."
    assert first["facts"] == clip.evidence.beats[0]["facts"]
    assert [fact.what for fact in first["facts"]] == ["steps", "rate"]
    assert second["facts"] == []


def test_a_fact_may_be_told_again_for_what_is_said(without_frames):
    class Twice(Told):
        def construct(self):
            self.know("w", descend(LOG_VALLEY, 1.6, gradient_step(0.1), steps=3))
            first, again = (self.facts.rate("w") for _ in range(2))
            self.beat("one", f"α = {first}.", say=f"Here α = {again}.")
            self.hold(0.4)

    with spoken_by(Reader()):
        clip = without_frames(Twice)
    assert [fact.what for fact in clip.narration.phrases[0]["facts"]] == ["rate"]
    clip.facts.check_all_said()


def test_where_nobody_speaks_nothing_is_waited_for(without_frames):
    clip = without_frames(Told)
    assert clip.narration is None
    seconds = [beat["t1"] - beat["t0"] for beat in clip.evidence.beats]
    assert seconds == pytest.approx([0.8, 0.4, 1.2], abs=0.4)


def test_what_is_told_and_never_said_is_still_refused(without_frames):
    class Silent(Told):
        def construct(self):
            super().construct()
            self.facts.rate("w")

    with pytest.raises(StoryError, match=r"title, caption or phrase: “0\.1”"):
        without_frames(Silent)
