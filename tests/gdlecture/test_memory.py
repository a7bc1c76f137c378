"""No more clips side by side than memory holds."""

from types import SimpleNamespace

import pytest

from gdlecture.render import memory

GB = 1024**3


@pytest.fixture
def machine(monkeypatch):
    def make(cores, free):
        monkeypatch.setattr(memory, "cores", lambda: cores)
        monkeypatch.setattr(
            memory.psutil, "virtual_memory", lambda: SimpleNamespace(available=int(free * GB))
        )

    return make


@pytest.mark.parametrize(
    ("has", "quality", "jobs"),
    [((8, 16), "h", 8), ((8, 3), "h", 3), ((8, 3), "k", 1), ((2, 0.2), "l", 1), ((2, 64), "k", 2)],
)
def test_jobs_are_as_many_as_memory_holds(machine, monkeypatch, has, quality, jobs):
    monkeypatch.setattr(memory, "_CGROUPS", ())
    cores, free = has
    machine(cores, free)
    found, why = memory.jobs_here(quality)
    assert found == jobs
    assert bool(why) == (jobs < cores)
    if why:
        assert f"{free:.1f} GB" in why
        assert f"--jobs {cores}" in why


@pytest.mark.parametrize(
    ("limit", "used", "free"),
    [(2 * GB, 1 * GB, 1 * GB), ("max", 1 * GB, 9 * GB), (1 * GB, 2 * GB, 0), (99 * GB, 0, 9 * GB)],
)
def test_a_container_may_have_less_than_the_machine(machine, tmp_path, limit, used, free):
    machine(4, 9)
    (tmp_path / "memory.max").write_text(f"{limit}\n")
    (tmp_path / "memory.current").write_text(f"{used}\n")
    assert memory.free_memory(tmp_path) == free
