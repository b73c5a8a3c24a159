"""Worker processes: order, bounded reading ahead, and deaths that cost nothing but the document that caused them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kabar import pipeline, workers
from kabar.documents import Done, Idle, Problem, Raw, Read
from kabar.pipeline import BATCH_SIZE, Cleaning, Task, clean_text, keep_text, run
from kabar.worker import Worker, WorkerError
from kabar.workers import AHEAD, run_in_workers
from tagger.errors import ModelError
from tests.timing import SOON


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module of tasks, importable here and in the workers."""
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import dying

    return dying


def raw(name: object) -> Raw:
    return Raw(str(name), "isi", file=str(name))


def test_order_is_kept_and_problems_stand_in_their_place(dying):
    names = ["slow" if n % 7 == 0 else str(n) for n in range(24)]
    reads: list[Read] = [Problem("5", "bad") if name == "5" else raw(name) for name in names]
    batches = ([read] for read in reads)
    outcomes = list(run_in_workers(dying.Echo(), batches, 2))
    assert [outcome.name for outcome in outcomes] == names
    assert outcomes[5] == Problem("5", "bad")
    assert len({outcome.json for outcome in outcomes if isinstance(outcome, Done)}) == 2


def test_little_is_read_ahead(dying):
    taken = []

    def batches() -> Iterator[list[Read]]:
        for n in range(100):
            taken.append(n)
            yield [raw("slow" if n == 0 else n)]

    outcomes = run_in_workers(dying.Echo(), batches(), 2)
    next(outcomes)
    assert len(taken) <= 2 * AHEAD
    outcomes.close()


def test_document_that_kills_its_worker_is_the_only_one_lost(dying, tmp_path):
    batch = [raw(name) for name in ("a", "b", "die", "c")]
    outcomes = list(run_in_workers(dying.Echo(str(tmp_path)), iter([batch, [raw("d")]]), 1))
    assert [outcome.name for outcome in outcomes] == ["a", "b", "die", "c", "d"]
    assert [type(outcome) for outcome in outcomes] == [Done, Done, Problem, Done, Done]
    assert "died" in outcomes[2].reason


def test_document_without_an_end_is_given_up_and_the_rest_comes(dying, monkeypatch):
    monkeypatch.setattr(workers, "LONGEST", 2.0)
    batch = [raw(name) for name in ("a", "endless", "b")]
    outcomes = list(run_in_workers(dying.Echo(), iter([batch, [raw("slow")]]), 2))
    assert [type(outcome) for outcome in outcomes] == [Done, Problem, Done, Done]
    assert outcomes[1] == Problem("endless", "it takes longer than 2 s")


def test_one_process_has_the_same_limits_as_two(dying, monkeypatch, tmp_path):
    monkeypatch.setattr(workers, "LONGEST", 2.0)
    documents = [raw(name) for name in ("a", "endless", "die", "b")]
    outcomes = list(run(dying.Echo(str(tmp_path)), documents, 1))
    assert [type(outcome) for outcome in outcomes] == [Done, Problem, Problem, Done]


@pytest.mark.parametrize("slowly", ["fetched", "listed"])
def test_what_comes_bit_by_bit_is_not_worked_on_here(dying, slowly):
    fetched = [Raw(name, "isi") for name in "ab"]
    outcomes = list(run(dying.Echo(), fetched if slowly == "fetched" else [raw("a"), Idle(), raw("b")]))
    assert os.getpid() not in {int(outcome.json) for outcome in outcomes}
    few = list(run(dying.Echo(), [raw("a"), raw("b")]))
    assert {int(outcome.json) for outcome in few} == {os.getpid()}


def test_one_saved_page_has_the_limits_of_many(dying, monkeypatch, tmp_path):
    monkeypatch.setattr(workers, "LONGEST", 0.5)
    monkeypatch.setattr(workers, "SLOWEST", 1e9)
    page = Raw("endless", "x" * (pipeline.LITTLE + 1), file="endless")
    (outcome,) = run(dying.Echo(str(tmp_path)), [page])
    assert isinstance(outcome, Problem)
    assert outcome.reason.startswith("it takes longer than")


def test_a_batch_that_is_whole_by_its_bytes_takes_all_processors_too(monkeypatch):
    started = []

    class Counted(Worker):
        def __init__(self, task: Task) -> None:
            started.append(task)
            super().__init__(task)

    monkeypatch.setattr(workers, "Worker", Counted)
    monkeypatch.setattr(workers, "usable_processors", lambda: 2)
    monkeypatch.setattr(pipeline, "BATCH_BYTES", 6)
    assert [outcome.name for outcome in run(Cleaning(keep_text), map(raw, "abcdef"))] == list("abcdef")
    assert len(started) == 2


def test_nothing_is_lost_when_a_worker_is_killed_from_outside(dying, tmp_path):
    batch = [raw(name) for name in ("a", "once", "b")]
    outcomes = list(run_in_workers(dying.Echo(str(tmp_path)), iter([batch]), 1))
    assert [type(outcome) for outcome in outcomes] == [Done, Done, Done]


def test_what_cannot_be_loaded_is_told_once(dying):
    with pytest.raises(ModelError, match="no weights here"):
        list(run_in_workers(dying.NoModel(), iter([[raw("a")]]), 2))


@pytest.mark.parametrize("when", ["opening", "working"])
def test_workers_that_always_die_end_the_run(dying, when):
    batches = ([raw(n)] for n in range(100))
    with pytest.raises(WorkerError):
        list(run_in_workers(dying.AlwaysDies(when), batches, 1))


def test_workers_that_are_never_ready_end_the_run(dying, monkeypatch):
    monkeypatch.setattr("kabar.worker.OPENING", 0.5)
    with pytest.raises(WorkerError, match="cannot be started"):
        list(run_in_workers(dying.NeverOpens(), iter([[raw("a")]]), 2))


def test_many_documents_give_the_same_lines_in_one_process_and_in_two():
    documents = [
        Raw(f"{n}", f"Tanggul nomor {n} di Tebo diperbaiki warga.", file=f"{n}") for n in range(BATCH_SIZE + 9)
    ]
    alone, together, by_itself = (list(run(Cleaning(clean_text), documents, jobs)) for jobs in (1, 2, 0))
    assert alone == together == by_itself
    assert len(alone) == len(documents)


def test_a_process_that_was_interrupted_before_it_ended_its_workers_ends_all_the_same():
    program = "import dying; from kabar.worker import Worker; held = Worker(dying.Echo()); held.receive(); 1 / 0"
    where = os.pathsep.join(map(str, (Path(__file__).parent, Path(__file__).parents[2])))
    ran = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": where}, stderr=subprocess.DEVNULL,
        timeout=SOON, check=False,
    )  # fmt: skip
    assert ran.returncode == 1
