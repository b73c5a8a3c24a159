"""What is said on standard error, and how a process ends."""

from __future__ import annotations

import contextlib
import enum
import errno
import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
OK, FAILED, USAGE, NOTHING, INTERRUPTED = 0, 1, 2, 3, 130


class Volume(enum.IntEnum):
    """How much is said: problems only; and what was done; and what was noticed on the way."""

    QUIET = 0
    NORMAL = 1
    VERBOSE = 2

    @classmethod
    def of(cls, quiet: bool, verbose: bool) -> Volume:
        """The volume that `-q` and `-v` ask for."""
        return cls.QUIET if quiet else cls.VERBOSE if verbose else cls.NORMAL


def say(message: str) -> None:
    """Prints one line on standard error, under the program's name; control characters become visible."""
    from kabar.printable import printable

    with contextlib.suppress(BrokenPipeError):
        print(f"kabar: {printable(message)}", file=sys.stderr, flush=True)


def usage_error(message: str) -> SystemExit:
    """The end of a run that was asked for wrongly; to be raised."""
    say(message)
    return SystemExit(USAGE)


def missing_extra(reason: str) -> SystemExit:
    """The end of a run that needs an extra which is not installed; to be raised."""
    return usage_error(with_this_pip(reason))


def with_this_pip(reason: str) -> str:
    """A reason that says `pip install`, with the pip of the Python that runs: another one would not help."""
    python = Path(sys.executable)
    name = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    return reason.replace("pip install", f"{name} -m pip install")


def unreadable(name: str | Path, error: OSError) -> str:
    """The line that tells why a file cannot be read."""
    return f"{name}: cannot be read: {_words(error)}"


def unwritable(name: str | Path, error: OSError) -> str:
    """The line that tells why a file or folder cannot be written."""
    return f"{name}: cannot be written: {_words(error)}"


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def prepare_streams() -> None:
    """Makes standard output and standard error fit to be written.

    Where one is closed from the start (`>&-`) it keeps nothing; where its encoding has not all letters (a C locale, a
    console of Windows) the others become question marks. Documents are bytes, in UTF-8 whatever the locale.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
        elif stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - as long as the process


def end_as_terminated() -> None:
    """Ends the process by the SIGTERM that it has obeyed: systemd takes that for well done, a shell says 143."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.flush()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)


@contextlib.contextmanager
def ends_cleanly() -> Iterator[None]:
    """Turns an interrupt into exit code 130, and a reader that left (`kabar ... | head`) into a silent end.

    That standard output has no room left (`kabar ... > file` on a full disk) is told in one line.
    """
    try:
        yield
    except KeyboardInterrupt:
        say("interrupted")
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:
        _let_go()
        raise SystemExit(OK) from None
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        _let_go()
        say(unwritable("standard output", error))
        raise SystemExit(FAILED) from None


def _let_go() -> None:
    """Leaves standard output to nobody, so that the flush at exit fails no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
