"""What happens by itself: placing evidence, keeping retention, telling that we live."""

from hegui.worker.loops import Job, in_thread, run_jobs

__all__ = ["Job", "in_thread", "run_jobs"]
