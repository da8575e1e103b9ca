"""What goes on while a case does something else."""

import contextlib
import threading


@contextlib.contextmanager
def repeated(step):
    """Meanwhile this is called again and again."""
    done = threading.Event()

    def serve():
        while not done.is_set():
            step()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
