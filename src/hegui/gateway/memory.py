"""What glibc's allocator is told, so that a service stays small; other C libraries need neither."""

import ctypes
import gc

_M_ARENA_MAX = -8


def share_arenas() -> None:
    """Let threads share two heaps; each thread's own would never shrink. Call before threads."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_ARENA_MAX, 2)


def give_back() -> None:
    """Return free memory to the system, after something large was read and dropped."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
