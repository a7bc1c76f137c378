import os
import time
from pathlib import Path

from gdstage.clip import Clip


class Waits(Clip):
    topic = "Test"

    def construct(self):
        self.beat("one", "Two words.")
        self.hold(0.4)
        folder = Path(os.environ["WAITING_FOLDER"])
        at_work = folder / f"{type(self).__name__} {os.getpid()}"
        at_work.touch()
        for _ in range(600):
            if (folder / "go").exists():
                break
            time.sleep(0.05)
        at_work.unlink()
        self.hold(0.4)
