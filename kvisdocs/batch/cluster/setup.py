"""A Dask cluster for one run: connects, checks compatibility, sets up the run, and always disconnects."""

import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from distributed import Client

from kvisdocs.application.job import FileCheck, RunSettings
from kvisdocs.batch.cluster.compatibility import describe_incompatible, find_differences, read_versions, report_versions
from kvisdocs.batch.cluster.dask_plugin import KvisdocsPlugin, WorkerSetup
from kvisdocs.batch.cluster.executor import Cluster
from kvisdocs.batch.cluster.transfer import Shared, pack_assets, share_folder, write_message
from kvisdocs.messages import N_, Message, message
from kvisdocs.problems import KvisdocsError, Position, Problem, Severity
from kvisdocs.templating.documents import Document

CONNECT_LIMIT_S = 10

_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://(\[[0-9a-fA-F:.%\w]+\]|[^\s:/\[\]]+):(\d{1,5})")


@contextmanager
def join(
    address: str,
    settings: RunSettings,
    documents: tuple[Document, ...],
    proofs: tuple[FileCheck, ...],
    output: Path | None,
) -> Iterator[Cluster]:
    """The cluster at an address, set up for one run. Raises KvisdocsError where it cannot be had or is not fit.

    Workers that see the folder `output` put their files there; all others, and all where it is None, send them.
    """
    client = connect(address)
    try:
        check_workers(client, address)
        if output is None:
            cluster = _set_up(client, address, settings, documents, proofs, None)
            with cluster:
                yield cluster
        else:
            with (
                share_folder(output) as shared,
                _set_up(client, address, settings, documents, proofs, shared) as cluster,
            ):
                yield cluster
    finally:
        with suppress(OSError, TimeoutError):
            client.close(timeout=CONNECT_LIMIT_S)


def connect(address: str) -> Client:
    """A client of the scheduler there. Raises KvisdocsError."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found[3]) < 65536:
        what = message("cluster.address.invalid", '"{address}" is no address of a scheduler', address=address)
        raise _refuse(what, N_("write it like tcp://dask.example:8786"))
    _quieten()
    try:
        return Client(address, timeout=CONNECT_LIMIT_S, set_as_default=False, name="kvisdocs")
    except (OSError, TimeoutError) as error:
        said = str(error.__cause__ or error).strip() or type(error).__name__
        what = message(
            "cluster.scheduler.no_answer", "no scheduler answers at {address} ({reason})", address=address, reason=said
        )
        raise _refuse(what, N_("is it running, and does the firewall let this machine through?")) from None
    except (TypeError, ValueError) as error:  # of the certificates, for one
        what = message(
            "cluster.scheduler.refused", "cannot connect to {address}: {error}", address=address, error=error
        )
        raise _refuse(what, N_("see docs/scale.md for certificates")) from None


def _quieten() -> None:
    """What Dask's client has to say, we say; its loggers have levels of their own."""
    for name in [*logging.root.manager.loggerDict, "distributed"]:
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def check_workers(client: Client, address: str) -> None:
    """Raises KvisdocsError where there is no worker, or one that would make other bytes than this machine."""
    answers = client.run(report_versions, on_error="return")
    if not answers:
        what = message("cluster.workers.none", "the scheduler at {address} has no workers", address=address)
        raise _refuse(what, N_("start some: dask worker {address}", address=address))
    ours = read_versions()
    found: list[Problem] = []
    for worker, theirs in sorted(answers.items()):
        if isinstance(theirs, BaseException):
            kind = type(theirs).__name__
            said = [N_("kvisdocs cannot be used there: {kind}: {error}", kind=kind, error=theirs)]
        else:
            said = find_differences(ours, theirs)
        found += [describe_incompatible(worker, said, Severity.ERROR)] if said else []
    if found:
        raise KvisdocsError(found)


def _set_up(
    client: Client,
    address: str,
    settings: RunSettings,
    documents: tuple[Document, ...],
    proofs: tuple[FileCheck, ...],
    shared: Shared | None,
) -> Cluster:
    run = f"kvisdocs-{secrets.token_hex(6)}"
    setup = write_message((settings, documents, proofs), settings.assets)
    worker_setup = WorkerSetup(run, read_versions(), pack_assets(settings.assets), setup, shared)
    cluster = Cluster(client, address, run, settings)
    try:
        client.register_plugin(KvisdocsPlugin(worker_setup))
        cluster.look()
    except Exception as error:
        cluster.shutdown()
        what = message(
            "cluster.workers.not_set_up",
            "the workers of {address} cannot be set up: {error}",
            address=address,
            error=error,
        )
        raise _refuse(what, N_("look into their logs")) from error
    return cluster


def _refuse(what: Message, todo: Message) -> KvisdocsError:
    return KvisdocsError(Problem(Position("--scheduler"), what, todo))
