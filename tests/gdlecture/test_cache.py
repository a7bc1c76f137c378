import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gdlecture import catalogue
from gdlecture.dist import Dist
from gdlecture.folders import own_folder
from gdlecture.render.production import hashed_inputs
from gdlecture.render.work import RenderedClip, RenderRequest
from gdlecture.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SUFFIXES = (".mp4", ".srt", ".vtt", ".png", ".json")

HASH_ALL = """
import json
from gdlecture import catalogue
from gdlecture.render.production import hashed_inputs
from gdlecture.settings import Settings
from gdlecture.render.work import RenderRequest
settings = Settings("l", "dark")
requests = [RenderRequest.of(clip, settings) for clip in catalogue.clips()]
print(json.dumps(hashed_inputs(requests)[0]))
"""


@pytest.fixture(scope="session")
def tree(tmp_path_factory):
    """A copy of all that a render reads."""
    root = tmp_path_factory.mktemp("tree")
    for package in ("gdmath", "gdstage", "scenes", "gdlecture"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "README.md", root)
    return root


def hashes(tree):
    ran = subprocess.run(
        [sys.executable, "-c", HASH_ALL],
        cwd=tree, env={**os.environ, "PYTHONPATH": str(tree)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


@pytest.fixture(scope="session")
def before(tree):
    """The clips' hashes while nothing is touched."""
    return hashes(tree)


@pytest.fixture
def due_after_touching(tree, before):
    """Tells the clips that must be rendered when a file of the tree has one line more."""

    def due(name):
        path = tree / name
        old = path.read_bytes()
        path.write_bytes(old + b"\n# more\n")
        try:
            after = hashes(tree)
        finally:
            path.write_bytes(old)
        return {clip for clip in after if after[clip] != before[clip]}

    return due


@pytest.mark.parametrize("name", ["gdmath/descent/loop.py", "gdstage/clip.py", "gdstage/studio.py"])
def test_what_all_clips_use_makes_all_due(before, due_after_touching, name):
    assert due_after_touching(name) == before.keys()


def test_a_scene_makes_itself_due(due_after_touching):
    assert due_after_touching("scenes/learning_rate.py") == {"learning_rate"}


@pytest.mark.parametrize(
    "name", ["README.md", "gdlecture/catalogue.py", "gdlecture/verify/verify.py"]
)
def test_what_no_picture_depends_on_makes_none_due(due_after_touching, name):
    assert due_after_touching(name) == set()


def requests():
    return [RenderRequest.of(clip, Settings("l", "dark")) for clip in catalogue.clips()]


def publish(dist, name, inputs):
    files = dict.fromkeys(SUFFIXES, b"whole")
    dist.publish(RenderedClip(name, files, 1.0, Settings(), inputs, {}, 1.0))


MOST_IMPORTS = 15
"""To draw one clip anew would take longer than to import manim so many times; it is about 7."""


def processor_time_of(*arguments):
    """What a run of Python took of the processor, whatever else runs there, and the run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ran


def test_a_second_run_of_the_whole_lecture_takes_no_longer_than_to_import_manim_a_few_times(
    tmp_path,
):
    dist = Dist(tmp_path)
    dist.prepare()
    with catalogue.clips_in(own_folder()):
        inputs, failures = hashed_inputs(requests())
    assert failures == {}
    for name, hashed in inputs.items():
        publish(dist, name, hashed)
    peer, _ = processor_time_of("-c", "import manim")
    # What is made of them fails: they are no clips.
    taken, ran = processor_time_of("-m", "gdlecture", "render", "-q", "l", "--out", str(tmp_path))
    assert taken < MOST_IMPORTS * peer
    told = ran.stderr.splitlines()[: len(inputs)]
    assert told == [f"{name}: unchanged" for name in inputs]
    assert ran.stdout.startswith("0 clips (0.0 s of video) in ")
    assert f", {len(inputs)} unchanged, in " in ran.stdout


@pytest.fixture
def kept(tmp_path):
    dist = Dist(tmp_path)
    dist.prepare()
    publish(dist, "one", "1")
    publish(dist, "two", "2")
    return dist


def test_a_clip_is_kept_as_long_as_its_inputs_are_the_same(kept):
    assert kept.unchanged({"one": "1", "two": "other", "three": "3"}) == {"one"}


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_clip_of_which_a_file_is_lost_or_spoilt_is_not_kept(kept, suffix):
    path = kept.clips / f"one{suffix}"
    path.write_bytes(b"whale")
    assert kept.unchanged({"one": "1", "two": "2"}) == {"two"}
    path.unlink()
    assert kept.unchanged({"one": "1", "two": "2"}) == {"two"}


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"files": {}, "clips": {"one": 3}}'])
def test_a_broken_manifest_keeps_nothing(kept, manifest):
    kept.manifest_path.write_text(manifest)
    assert kept.unchanged({"one": "1"}) == set()


def test_unchanged_clips_are_not_drawn_unless_forced(lecture, tmp_path, drawing):
    asked = []

    def draw(request):
        asked.append(request.name)
        inputs = f"{request.module} {request.settings.quality}"
        files = dict.fromkeys(SUFFIXES, b"whole")
        return RenderedClip(request.name, files, 1.0, request.settings, inputs, {}, 1.0)

    drawing(draw)

    def run(*more):
        asked.clear()
        assert lecture("render", "--out", tmp_path, *more).exit_code == 0
        return set(asked)

    assert run() == {"breaks", "tiny"}
    assert run() == set()
    assert run("--force") == {"breaks", "tiny"}
    assert run("-q", "l") == {"breaks", "tiny"}
    (tmp_path / "clips/tiny.vtt").unlink()
    assert run("-q", "l") == {"tiny"}


def test_what_was_drawn_from_other_sources_is_refused(lecture, tmp_path, drawing):
    files = dict.fromkeys(SUFFIXES, b"whole")
    drawing(lambda r: RenderedClip(r.name, files, 1.0, r.settings, "others", {}, 1.0))
    ran = lecture("render", "tiny", "--out", tmp_path)
    assert ran.exit_code == 1
    assert ran.stderr == (
        "tiny: failed: its worker has other sources or packages than are here, "
        "or they changed meanwhile\n"
    )
    assert list((tmp_path / "clips").iterdir()) == []
