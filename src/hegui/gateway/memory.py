"""What glibc's allocator is told, so that a service stays small; other C libraries need neither."""

import ctypes
import gc

_M_ARENA_MAX = -8


def share_arenas() -> None:
    """Let threads share two heaps; each thread's own would never shrink. Call before threads."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_M_ARENA_MAX, 2)


def settle() -> None:
    """Call once all is started: what is there now stays, and is no longer looked through.

    Collections then only pass through what requests leave behind, which has hardly any cycles;
    so they also come less often.
    """
    give_back()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def give_back() -> None:
    """Return free memory to the system, after something large was read and dropped."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
