"""A recogniser listens: the voice says what is written, and each phrase is where it is said."""

import numpy as np
import pytest

from gdlecture import catalogue
from gdlecture.folders import own_folder
from gdlecture.media.sound import RATE, read_sound
from gdlecture.verify.evidence import read_evidence
from gdlecture.voice.phrases import Hibari
from gdlecture.voice.script import phrases_of

pytestmark = pytest.mark.slow

MOST_WRONG = 0.27
"""Of the words of these clips. Of all 96 phrases of the lecture benchmarks/voice.py measured 0.205,
and 0.227 where letters must be spelled. pocketsphinx knows everyday words, not “the derivative of
f”: this is its share as well as the voice's."""

CLIPS = ("learning_rate", "update_rule", "tangent_plane")


@pytest.fixture(scope="module")
def ear(load):
    return load("listener")


@pytest.fixture(scope="module")
def listener(ear):
    return ear.Listener()


@pytest.fixture(scope="module")
def lecture_heard(listener):
    """Phrases of the lecture, and what is heard of them."""
    with catalogue.clips_in(own_folder()):
        found = [p for name in CLIPS for p in phrases_of(catalogue.find_clip(name))]
    return [(phrase.words, listener.hear(Hibari().speak(phrase))) for phrase in found]


def test_the_voice_is_understood(ear, lecture_heard):
    assert ear.rate(lecture_heard) < MOST_WRONG


def test_each_phrase_is_taken_for_itself(ear, lecture_heard):
    phrases = [words for words, _ in lecture_heard]
    taken = [ear.taken_for(heard, phrases) for _, heard in lecture_heard]
    assert taken == list(range(len(phrases)))


def heard_in(listener, sound, phrases):
    parts = [sound[round(p.t0 * RATE) : round(p.t1 * RATE)] for p in phrases]
    return [listener.hear(part) for part in parts]


def test_a_clip_says_its_phrases_and_an_exchange_is_heard(ear, listener, told):
    evidence = read_evidence(told / "clips/told.json")
    sound, phrases = read_sound(told / "clips/told.mp4"), evidence.phrases
    words = [phrase.words for phrase in phrases]

    def taken(sound):
        return [ear.taken_for(heard, words) for heard in heard_in(listener, sound, phrases)]

    assert taken(sound) == [0, 1, 2]
    (a, b), (c, d) = ([round(at * RATE) for at in (p.t0, p.t1)] for p in (phrases[0], phrases[2]))
    exchanged = np.concatenate([sound[:a], sound[c:d], sound[b:c], sound[a:b], sound[d:]])
    pad = np.zeros(RATE, np.float32)
    exchanged = np.concatenate([exchanged, pad])
    assert taken(exchanged) != [0, 1, 2]
    missing = sound.copy()
    missing[c:d] = 0
    assert taken(missing)[2] is None
