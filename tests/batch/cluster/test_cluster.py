"""Runs on a real Dask cluster: a scheduler and workers as processes on the loopback, in folders of their own."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from batch_results import BATCH, DAY, ends, made
from builders import citizen_yaml
from dask_processes import Dask
from judges import without_judge
from made_meetings import write_meeting
from processes import LONG_S, report_of, wait_for
from user import CHECKOUT

from kvisdocs.application.job import Job, RunSettings
from kvisdocs.application.store.session import open_output
from kvisdocs.application.template_folders import find_assets
from kvisdocs.batch.pool.worker import make_case
from kvisdocs.templating.documents import load_documents
from kvisdocs.verify.validators import JudgeMissing

try:
    import distributed  # noqa: F401
except ModuleNotFoundError as error:
    MISSING: JudgeMissing | None = JudgeMissing(str(error.name), "pip install -e .[cluster]")
else:
    MISSING = None
    from kvisdocs.batch.cluster.cluster import connect, join
    from kvisdocs.batch.cluster.dask_plugin import KvisdocsPlugin, WorkerSetup
    from kvisdocs.batch.cluster.transfer import find_differences, pack_assets, read_versions, write_message

ON_CLUSTER = tuple(part for part in BATCH if part not in {"--jobs", "1"})


@pytest.fixture(scope="module", autouse=True)
def with_dask() -> None:
    if MISSING is not None:
        raise without_judge(MISSING)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A scheduler with one worker under its nanny, as `dask worker` starts it."""
    cluster = Dask(tmp_path_factory.mktemp("dask"))
    cluster.start()
    cluster.add("--nanny")
    yield cluster
    cluster.end()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dask]:
    """A scheduler of the test's own, without a worker; it tries no job again whose worker died."""
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    folder = tmp_path / "bare"
    folder.mkdir()
    cluster = Dask(folder)
    cluster.start()
    yield cluster
    cluster.end()


@pytest.fixture
def start(beside) -> Callable[..., "subprocess.Popen[str]"]:
    """Starts a run on a cluster in a process of its own."""

    def start(cluster: Dask, *options: str) -> "subprocess.Popen[str]":
        return beside(*ON_CLUSTER, "--scheduler", cluster.address, "--date", DAY, *options)

    return start


@pytest.fixture
def on(kvisdocs) -> Callable[..., tuple[int, str]]:
    """Makes the small cases on the cluster at an address; gives the exit code and what was said."""

    def on(address: str) -> tuple[int, str]:
        code, _, err = kvisdocs(*ON_CLUSTER, "--scheduler", address, "--date", DAY)
        return code, err

    return on


def contents(folder: str) -> dict[str, bytes]:
    return {name: (Path(folder) / name).read_bytes() for name in made(folder)}


def written_down() -> list[str]:
    """The documents' lines of the manifest, by key."""
    lines = [json.loads(line) for line in Path("output/.kvisdocs/manifest.jsonl").read_text().splitlines()]
    return [line["key"] for line in lines if line["kind"] == "document"]


def test_two_hundred_cases_with_a_worker_killed_in_mid_run_are_those_of_one_machine(dask, cases, start, kvisdocs):
    names = {f"sag-{number:03}": {"citizen": {"last_name": f"Bak{chr(97 + number % 26)}"}} for number in range(200)}
    cases(**names)
    doomed = dask.add("--no-nanny")

    process = start(dask)
    wait_for(lambda: len(made()) >= 40)
    doomed.send_signal(signal.SIGKILL)
    assert len(made()) < 200
    report = report_of(process)

    assert (report["code"], ends(report)) == (0, dict.fromkeys(names, "made: new"))
    assert len(written_down()) == len(set(written_down())) == 200
    assert list(Path("output/.kvisdocs/parts").iterdir()) == []
    kvisdocs(*BATCH[:-4], "--date", DAY, "-o", "here")
    assert contents("output") == contents("here")
    assert "Bak" not in dask.logs()
    wait_for(lambda: dask.kept() == [])


def test_files_come_as_bytes_or_lie_in_the_shared_folder_and_messages_name_the_callers_files(dask, write, note):
    write({"templates/note.css": "@page { size: A4 }\nh1 { font-family: Carlito; mix-blend-mode: multiply }\n"})
    assets = find_assets(None)
    document = load_documents(assets)["note"]
    settings = RunSettings(assets, date.fromisoformat(DAY), ("docx", "pdf"))
    job = Job("a", "cases/a.yaml", citizen_yaml().encode(), (document,), settings)

    with join(dask.address, settings, (document,), (), None) as cluster:
        far = cluster.submit(make_case, job).result(timeout=LONG_S)

    assert far == make_case(job)
    with (
        open_output(Path("output")) as session,
        join(dask.address, settings, (document,), (), session.store.output) as cluster,
    ):
        (laid,) = cluster.submit(make_case, job).result(timeout=LONG_S)
        for format, written in far[0].files.items():
            assert Path("output/.kvisdocs/parts", laid.files[format].name).read_bytes() == written.data
            assert laid.files[format].messages == written.messages
    assert {str(each.position) for each in far[0].files["docx"].messages} == {"templates/note.css:2:28"}
    assert dask.kept() == []


def test_a_meeting_with_two_items_and_an_attachment_is_that_of_one_machine(dask, kvisdocs):
    """Its items, the attachment and the municipality's own profile are on this machine alone."""
    folder, profiles = Path("moede"), Path("templates/profiles")
    folder.mkdir()
    profiles.mkdir(parents=True)
    profile = (CHECKOUT / profiles / "viborg.yaml").read_text(encoding="utf-8")
    (profiles / "viborg.yaml").write_text(f"{profile}\nmeetings: {{attachments: behind}}\n", encoding="utf-8")
    write_meeting(folder, "viborg", 2, (1,), 0, 1, length=6)
    with (folder / "viborg-0.yaml").open("a", encoding="utf-8") as item:
        item.write("attachments: [{title: Bilaget, file: bilag.pdf}]\n")
    with pikepdf.new() as attachment:
        attachment.add_blank_page()
        attachment.save(folder / "bilag.pdf")
    agenda = ("-d", "agenda", "--date", "2026-12-01")

    far = kvisdocs("batch", "moede", *agenda, "--scheduler", dask.address)
    near = kvisdocs("render", "moede/moede-viborg.yaml", *agenda, "-o", "here")

    assert (far.code, near.code) == (0, 0), far.err
    assert made() == ["moede-viborg/agenda.docx", "moede-viborg/agenda.pdf"]
    assert contents("output") == contents("here")
    with pikepdf.open("output/moede-viborg/agenda.pdf") as pdf:
        assert len(pdf.pages) == 6 + 1  # the attachment's own
    assert "aaben0x" not in dask.logs()


def test_a_job_over_its_time_is_ended_and_its_worker_goes_on(dask, cases, note, start, write):
    shown = Path("templates/note/document.html.j2").read_text()
    loop = "{% set far = range(99999) | list %}{% for a in range(90000) %}{% if 'x' in far %}{% endif %}{% endfor %}"
    endless = f'{{% if case.citizen.last_name == "Løkke" %}}{loop}{{% endif %}}'
    write({"templates/note/document.html.j2": shown.replace("<h1>", f"{endless}<h1>")})
    cases("b", "c", a={"citizen": {"last_name": "Løkke"}})

    report = report_of(start(dask, "--time-limit", "8"))

    assert ends(report) == {"a": "failed: time", "b": "made: new", "c": "made: new"}
    assert "note was not finished after 8 seconds" in report["said"]


def test_a_scheduler_that_goes_stops_the_run_in_good_order(bare, cases, start, kvisdocs):
    names = [f"sag-{number:03}" for number in range(100)]
    cases(*names)
    bare.add("--no-nanny")

    process = start(bare)
    wait_for(lambda: len(made()) >= 10)
    bare.processes[0].kill()
    report = report_of(process)

    assert report["code"] == 1
    assert f"the run cannot go on: the scheduler at {bare.address} is gone" in report["said"]
    assert "start it again, or leave out --scheduler, and run it again to go on" in report["said"]
    assert "--jobs" not in report["said"]
    assert "distributed" not in report["said"]
    finished = len(made())
    code, _, err = kvisdocs(*BATCH, "--date", DAY)
    assert code == 0
    assert f"going on with the run of {DAY} that was not finished" in err
    assert f"{100 - finished} documents made" in err


def test_the_only_worker_dies_and_its_successor_goes_on(bare, cases, start):
    """Dask gives up the jobs it was at (allowed-failures 0), and those that waited had nobody to go to."""
    names = [f"sag-{number:03}" for number in range(60)]
    cases(*names)
    bare.add("--nanny")

    process = start(bare)
    wait_for(lambda: len(made()) >= 10)
    client = connect(bare.address)
    (pid,) = client.run(os.getpid).values()
    client.close()
    os.kill(pid, signal.SIGKILL)
    report = report_of(process)

    assert ends(report) == dict.fromkeys(names, "made: new"), report["said"]
    assert len(written_down()) == 60


def test_a_run_that_is_stopped_leaves_nothing_behind_on_the_cluster(dask, cases, start):
    cases(*[f"sag-{number:03}" for number in range(100)])

    process = start(dask)
    wait_for(lambda: len(made()) >= 10)
    process.send_signal(signal.SIGINT)
    report = report_of(process)

    assert report["code"] == 128 + signal.SIGINT
    assert (
        "stopped by SIGINT; what was finished is in its place. Run the same command again to go on." in report["said"]
    )
    assert (dask.kept(), list(Path("output/.kvisdocs").glob("shared-*"))) == ([], [])
    assert 10 <= len(made()) <= len(written_down()) < 100  # the last may be written down, and not yet in their place

    assert report_of(start(dask))["code"] == 0
    assert len(written_down()) == len(made()) == 100


def test_over_tls_with_the_settings_of_dask(bare, cases, start, tmp_path, monkeypatch):
    names = write_certificate(tmp_path)
    for whose in ("SCHEDULER", "WORKER", "CLIENT"):
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{whose}__CERT", names["certificate"])
        monkeypatch.setenv(f"DASK_DISTRIBUTED__COMM__TLS__{whose}__KEY", names["key"])
    monkeypatch.setenv("DASK_DISTRIBUTED__COMM__TLS__CA_FILE", names["certificate"])
    bare.end()
    assert bare.start("--protocol", "tls").startswith("tls://")
    bare.add("--no-nanny", "--protocol", "tls")
    cases("a", "b")

    report = report_of(start(bare))

    assert ends(report) == {"a": "made: new", "b": "made: new"}


def write_certificate(folder: Path) -> dict[str, str]:
    """A certificate that vouches for itself, with its key: the names of both files."""
    names = {"key": str(folder / "key.pem"), "certificate": str(folder / "certificate.pem")}
    said = ["-subj", "/CN=kvisdocs", "-days", "2", "-addext", "basicConstraints=critical,CA:TRUE"]
    call = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *said]
    subprocess.run([*call, "-keyout", names["key"], "-out", names["certificate"]], check=True, capture_output=True)
    return names


def test_a_tls_address_without_certificates_is_refused(cases, on):
    cases("a")

    code, err = on("tls://127.0.0.1:9")

    assert code == 1
    assert "--scheduler: cannot connect to tls://127.0.0.1:9: TLS expects a `ssl_context`" in err


def test_workers_with_other_versions_are_refused_and_nothing_is_made(bare, cases, on, tmp_path):
    cases("a")
    other = tmp_path / "other" / "weasyprint-69.0.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: weasyprint\nVersion: 69.0\n")
    bare.add("--no-nanny", path=f"{other.parent}{os.pathsep}{CHECKOUT}")
    bare.add("--no-nanny", path=copy_of_kvisdocs(tmp_path / "edited"))

    code, err = on(bare.address)

    assert code == 1
    assert err.count("this worker is not fit for the run: ") == 2
    assert "weasyprint 69.0, but 70.0 here; install the same versions there" in err
    assert "has another application/generate.py than here; install the same versions there" in err
    assert made() == []


def copy_of_kvisdocs(folder: Path) -> str:
    """A checkout of the same version, with one line more."""
    for source in (CHECKOUT / "kvisdocs").rglob("*"):
        if source.is_file() and "__pycache__" not in source.parts:
            target = folder / source.relative_to(CHECKOUT)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    with (folder / "kvisdocs/application/generate.py").open("a") as edited:
        edited.write("# edited\n")
    return str(folder)


def test_a_worker_that_comes_later_and_is_not_fit_gets_no_job(dask, note, tmp_path):
    assets = find_assets(None)
    document = load_documents(assets)["note"]
    settings = RunSettings(assets, date.fromisoformat(DAY), ("docx",))
    jobs = [Job("a", "a.yaml", citizen_yaml().encode(), (document,), settings) for _ in range(4)]

    with join(dask.address, settings, (document,), (), None) as cluster:
        late = dask.add("--no-nanny", path=copy_of_kvisdocs(tmp_path / "edited"))
        wait_for(lambda: cluster.problems)
        made = [cluster.submit(make_case, job) for job in jobs]
        assert [future.result(timeout=LONG_S) for future in made] == [make_case(jobs[0])] * 4
        assert cluster.worker_count() == 1
    late.terminate()
    late.wait()

    assert ["has another application/generate.py" in problem.what for problem in cluster.problems] == [True]


def test_workers_forget_a_run_whose_caller_was_killed(dask, note):
    settings = RunSettings(find_assets(None), date.fromisoformat(DAY), ("docx",))
    setup = write_message((settings, (), ()), settings.assets)
    client = connect(dask.address)

    client.register_plugin(
        KvisdocsPlugin(WorkerSetup("kvisdocs-0", read_versions(), pack_assets(settings.assets), setup, look_s=0.1))
    )

    wait_for(lambda: "Removing Worker plugin kvisdocs-0" in dask.logs())
    wait_for(lambda: dask.kept() == [])
    with pytest.raises(ValueError, match="The worker plugin kvisdocs-0 does not exist"):
        client.unregister_worker_plugin("kvisdocs-0")
    client.close()


def test_a_scheduler_without_workers_is_refused(bare, cases, on):
    cases("a")

    assert on(bare.address)[0] == 1
    assert (
        f"the scheduler at {bare.address} has no workers; start some: dask worker {bare.address}" in on(bare.address)[1]
    )


def test_a_scheduler_that_does_not_answer_is_refused(cases, on, monkeypatch):
    monkeypatch.setattr("kvisdocs.batch.cluster.cluster.CONNECT_LIMIT_S", 1)
    cases("a")

    code, err = on("tcp://127.0.0.1:9")

    assert (code, made()) == (1, [])
    assert "--scheduler: no scheduler answers at tcp://127.0.0.1:9 (" in err


@pytest.mark.parametrize("address", ["dask.example:8786", "tcp://dask.example", "tcp://:8786", "tcp://dask:99999", "x"])
def test_what_is_no_address_is_refused(cases, on, address):
    cases("a")

    code, err = on(address)

    assert code == 1
    assert f'--scheduler: "{address}" is no address of a scheduler; write it like tcp://dask.example:8786' in err


def test_without_the_extra_it_says_how_to_install_it(cases, program, tmp_path):
    cases("a")
    (tmp_path / "sitecustomize.py").write_text('import sys\nsys.modules["distributed"] = None\n')

    said = program(*ON_CLUSTER, "--scheduler", "tcp://127.0.0.1:9", PYTHONPATH=f"{tmp_path}{os.pathsep}{CHECKOUT}")

    assert said.code == 1
    assert "--scheduler: a cluster needs distributed, which is not installed; pip install" in said.err


def test_jobs_and_scheduler_exclude_each_other(kvisdocs):
    code, _, err = kvisdocs(*BATCH, "--scheduler", "tcp://127.0.0.1:9")

    assert code == 2
    assert "--jobs is for this machine" in err


def test_differences_are_told_by_package_and_for_files_of_kvisdocs_in_one_line():
    ours = {"python": "3.11", "weasyprint": "70.0", "kvisdocs": "1.0", "a.py": "1", "b.yaml": "1"}

    assert find_differences(ours, ours) == []
    assert find_differences(ours, {**ours, "weasyprint": "-", "a.py": "2", "b.yaml": "2"}) == [
        "weasyprint missing, but 70.0 here",
        "kvisdocs 1.0 has another a.py (and 1 file more) than here",
    ]
    assert find_differences(ours, {**ours, "kvisdocs": "2.0", "a.py": "2"}) == ["kvisdocs 2.0, but 1.0 here"]
    assert find_differences({"libpango-1.0": "1.50.12"}, {"libpango-1.0": "1.54.0"}) == [
        "libpango-1.0 1.54.0, but 1.50.12 here"
    ]
