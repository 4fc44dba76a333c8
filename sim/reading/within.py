"""Resolve a file name that is written in another file; it may not lead out of the folder.

In: a folder and a name from a file there. Out: the path, or an error that says why not.
"""

from pathlib import Path, PurePosixPath, PureWindowsPath

from sim.reading.file import Unreadable, unreadable

HINT = "a file may only name files in its own folder or below it"


def inside(folder: Path, name: str) -> Path:
    """The path of a file that is named in another one.

    Args:
        folder: The folder of the file that names it.
        name: The name as written there.

    Raises:
        Unreadable: If the path is absolute, or leads out of the folder by ``..`` or a symbolic
            link.
    """
    absolute = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive
    if absolute or PureWindowsPath(name).is_absolute() or name.startswith(("/", "\\", "~")):
        raise Unreadable(name, "absolute paths are not allowed in a file", HINT)
    if ".." in PureWindowsPath(name).parts:
        raise Unreadable(name, "the path leads out of the folder", HINT)
    path = folder / name
    try:
        real, home = path.resolve(), folder.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        raise unreadable(path, error) from None
    if not real.is_relative_to(home):
        raise Unreadable(name, "a symbolic link leads out of the folder", HINT)
    return path
