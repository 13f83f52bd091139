"""The process in which cells run, seen from the kernel. Its source says what the frames mean."""

from __future__ import annotations

import codecs
import os
import re
import selectors
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .errors import CellError, StateLost
from .support import Support

_CHUNK = 1 << 16
# Text is passed on at least so often, in seconds, while a cell prints.
_FLUSH_INTERVAL = 0.05
# How long a cell may take to leave after an interrupt, before its process is ended.
_PATIENCE = 5.0
# What the runtime writes before it stops the process, after the place where it knows it.
_LAST_WORDS = re.compile(
    r"^(?:[^\n]+?:\d+: )?(?=(?:Fatal error|Precondition failed|Assertion failed)\b"
    r"|Simultaneous accesses to|Could not cast value of type)",
    re.MULTILINE,
)
# The runtime's frames that may follow.
_STACK = re.compile(r"^(?:Current stack trace:|\d+ +\S+ +0x[0-9a-f]+ )", re.MULTILINE)


class Sink(Protocol):
    """Where the output of a cell goes."""

    def stream(self, name: str, text: str) -> None:
        """Text on `stdout` or `stderr`."""

    def show(self, payload: bytes) -> None:
        """Something displayed, as the display helper wrote it; raises where it is malformed."""


class Silence:
    """A sink that keeps nothing."""

    def stream(self, name: str, text: str) -> None:
        pass

    def show(self, payload: bytes) -> None:
        pass


@dataclass(frozen=True)
class Ending:
    """How a cell ended: the kind of the frame and what it carries."""

    kind: str
    payload: str
    # What the runtime said as it stopped the cell.
    last_words: str = ""


class _Stream:
    """One of the process's output streams, decoded as it comes."""

    def __init__(self, name: str, descriptor: int):
        self.name = name
        self.descriptor = descriptor
        self.text = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        os.set_blocking(descriptor, False)

    def drain(self) -> None:
        """Reads all that has been written so far."""
        while True:
            try:
                chunk = os.read(self.descriptor, _CHUNK)
            except BlockingIOError:
                return
            self.text += self._decoder.decode(chunk)
            if not chunk or len(chunk) < _CHUNK:
                return

    def flush(self, sink: Sink) -> None:
        """Passes on what was read, except what may be a cell's last words."""
        held = _LAST_WORDS.search(self.text) if self.name == "stderr" else None
        end = held.start() if held else len(self.text)
        if end > 0:
            sink.stream(self.name, self.text[:end])
            self.text = self.text[end:]


class Runner:
    """A running process that has loaded the given libraries."""

    def __init__(self, support: Support, libraries: list[Path]):
        self._channel, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [support.runner, str(theirs.fileno()), support.library, *libraries],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            # Where the runtime may print backtraces it leaves that to signal handlers, which
            # are the runner's; elsewhere it prints them itself.
            env={**os.environ, "SWIFT_BACKTRACE": "enable=yes,output-to=stderr"},
            # An interrupt of Jupyter goes to the kernel's group, not to the cells.
            start_new_session=True,
        )
        theirs.close()
        self._streams = [
            _Stream("stdout", self._process.stdout.fileno()),
            _Stream("stderr", self._process.stderr.fileno()),
        ]
        # When a cell that was interrupted must have left.
        self._deadline: float | None = None
        # Whether the last cell ended by a trap, of which other threads may say the same.
        self._has_trapped = False
        # Why the last thing that was not shown was not.
        self._refusal: CellError | None = None
        self._selector = selectors.DefaultSelector()
        for source in [*(stream.descriptor for stream in self._streams), self._channel]:
            self._selector.register(source, selectors.EVENT_READ)
        kind, payload = self._read_frame()
        if kind != "ready":
            self.stop()
            raise CellError("KernelNotStarted", payload.decode(errors="replace"))

    def run(self, library: Path, entry: str, sink: Sink) -> Ending:
        """Runs a cell to its end, and passes on what it prints and shows."""
        self._deadline = None
        # No exception: it could leave a frame half read, or a display without its answer.
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            if self._has_trapped:
                self._forget_last_words()
            self._channel.sendall(f"run\t{library}\t{entry}\n".encode())
            return self._follow(sink)
        finally:
            signal.signal(signal.SIGINT, before)

    def kill(self) -> None:
        """Ends the process; whoever follows a cell of it learns so."""
        self._process.kill()

    def stop(self) -> None:
        """Ends the process and closes what led to it."""
        self.kill()
        self._process.wait()
        self._selector.close()
        self._channel.close()
        self._process.stdout.close()
        self._process.stderr.close()

    def _interrupt(self, *_: object) -> None:
        self._process.send_signal(signal.SIGUSR1)
        self._deadline = time.monotonic() + _PATIENCE

    def _follow(self, sink: Sink) -> Ending:
        flushed = 0.0
        while True:
            ready = {key.fileobj for key, _ in self._selector.select(_FLUSH_INTERVAL)}
            # First the streams: what was written before a frame is shown before it.
            self._drain()
            at_frame = self._channel in ready
            if at_frame or time.monotonic() - flushed > _FLUSH_INTERVAL:
                self._flush(sink)
                flushed = time.monotonic()
            if at_frame:
                ending = self._obey(sink, *self._read_frame())
                if ending is not None:
                    return ending
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.kill()
                raise StateLost("Killed", "the cell could not be interrupted")

    def _obey(self, sink: Sink, kind: str, payload: bytes) -> Ending | None:
        if kind == "show":
            self._answer(sink, payload)
            return None
        self._drain()
        last_words = self._take_last_words(sink) if kind == "trapped" else ""
        self._flush(sink, everything=True)
        self._has_trapped = kind == "trapped"
        if kind == "refused" and self._refusal is not None:
            raise self._refusal
        return Ending(kind, payload.decode(errors="replace"), last_words)

    def _forget_last_words(self) -> None:
        """Drops those of other threads of a cell that ended by a trap."""
        self._drain()
        stream = self._streams[1]
        if (words := _LAST_WORDS.search(stream.text)) is not None:
            stream.text = stream.text[: words.start()]

    def _answer(self, sink: Sink, payload: bytes) -> None:
        try:
            sink.show(payload)
        except CellError as error:
            self._refusal = error
            self._channel.sendall(b"refuse\n")
        else:
            self._channel.sendall(b"ack\n")

    def _take_last_words(self, sink: Sink) -> str:
        stream = self._streams[1]
        stream.flush(sink)
        words, stream.text = stream.text, ""
        if (place := _LAST_WORDS.match(words)) is not None:
            words = words[place.end() :]  # The cell's line comes with the frame.
        return _STACK.split(words)[0].strip()

    def _drain(self) -> None:
        for stream in self._streams:
            stream.drain()

    def _flush(self, sink: Sink, everything: bool = False) -> None:
        for stream in self._streams:
            stream.flush(sink)
            if everything and stream.text:
                sink.stream(stream.name, stream.text)
                stream.text = ""

    def _read_frame(self) -> tuple[str, bytes]:
        header = b""
        while not header.endswith(b"\n"):
            header += self._receive(1)
        kind, length = header.split()
        payload = b"".join(self._pieces(int(length)))
        return kind.decode(), payload

    def _pieces(self, length: int):
        while length > 0:
            piece = self._receive(min(length, _CHUNK))
            length -= len(piece)
            yield piece

    def _receive(self, most: int) -> bytes:
        try:
            piece = self._channel.recv(most)
        except ConnectionResetError:
            piece = b""
        if piece:
            return piece
        status = self._process.wait()
        self._drain()
        words = "".join(stream.text for stream in self._streams).strip()
        how = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        raise StateLost("ProcessEnded", f"the Swift process ended with {how}", words.splitlines())
