"""The desk's own server: one socket on this computer, which nobody else can reach."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from kvisdocs.application.dispatch.digital_post import PostAccess
from kvisdocs.application.stopping import Stopped
from kvisdocs.application.template_folders import copy_assets, find_assets
from kvisdocs.desk.app import create_app
from kvisdocs.desk.folder import Folder
from kvisdocs.desk.proxy import Proxy
from kvisdocs.desk.security import Secrets
from kvisdocs.messages import N_, message
from kvisdocs.problems import KvisdocsError, Position, Problem, say_refusal

HOST = "127.0.0.1"
"""The loopback alone."""

MOST_AT_ONCE = 220
"""So many connections are answered: two hundred requests, and those that browsers keep open meanwhile."""


PATIENCE_S = 10.0
"""A browser sends the head of a request at once. So long a connection may be without one that is being answered."""


class Connection(H11Protocol):
    """A connection, looked at from time to time: one that asks for nothing, or for ever begins to ask, is hung up on.

    There is room for some hundred, and anybody with an account on the computer can open one. They could keep the desk
    from those who may use it, without having its address.
    """

    _seen: RequestResponseCycle | None = None
    """What was asked for last when it was looked at."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """It begins."""
        super().connection_made(transport)
        self._next_look = self.loop.call_later(PATIENCE_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """It ends."""
        self._next_look.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        is_waiting = self.cycle is None or self.cycle.response_complete
        if is_waiting and self.cycle is self._seen:
            self.transport.close()
        else:
            self._seen = self.cycle
            self._next_look = self.loop.call_later(PATIENCE_S, self._look)


def open_socket(port: int) -> socket.socket:
    """A socket of this computer alone; 0 is any port that is free. Raises KvisdocsError."""
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.bind((HOST, port))
        opened.listen()
    except OSError as error:
        opened.close()
        what = message("desk.port.taken", "port {port} cannot be used: {reason}", port=port, reason=say_refusal(error))
        todo = N_("close the desk that is open already, or choose another port: kvisdocs desk --port 0")
        raise KvisdocsError(Problem(Position(HOST), what, todo)) from None
    return opened


def open_folder(path: Path) -> Folder:
    """The folder, if it can be looked into. Raises KvisdocsError."""
    try:
        next(path.iterdir(), None)
    except OSError as error:
        what = message("desk.folder.unreadable", "the folder cannot be opened: {reason}", reason=say_refusal(error))
        raise KvisdocsError(Problem(Position(str(path)), what, N_("name a folder that holds your cases"))) from None
    return Folder(path)


def serve(
    path: Path, output: Path, templates: Path | None, port: int, by: str, hear: Callable[[Secrets], None],
    proxy: Proxy | None = None, post: PostAccess | None = None,
) -> None:  # fmt: skip
    """Show the folder, with its documents in `output`, until Ctrl-C; to those alone whom the `proxy` lets in, where
    there is one. `hear` is told the addresses when it answers, `by` is whom the journal names without a proxy, and by
    `post` letters are sent as Digital Post.

    Raises KvisdocsError.
    """
    folder = open_folder(path)
    with copy_assets(find_assets(templates)) as assets, open_socket(port) as opened:
        secrets = Secrets(opened.getsockname()[1], proxy=proxy)
        config = uvicorn.Config(
            create_app(folder, output, assets, secrets, by=by, post=post),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MOST_AT_ONCE + 1,  # that many are refused, not that many and one
            timeout_keep_alive=5,
            timeout_graceful_shutdown=2,
            http=Connection,
            ws="none",
        )
        hear(secrets)
        with contextlib.suppress(Stopped, KeyboardInterrupt):  # said once more when all is closed
            uvicorn.Server(config).run([opened])
