"""The connections of browsers: those that ask for nothing, or for ever begin to ask, are hung up on.

There is room for some hundred, and anybody with an account on the computer can open one. Without this they could keep
the desk from those who may use it, without having its address.
"""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

PATIENCE_S = 10.0
"""A browser sends the head of a request at once. So long a connection may be without one that is being answered."""


class Connection(H11Protocol):
    """A connection, looked at from time to time."""

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
