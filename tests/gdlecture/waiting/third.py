from waiting._waits import Waits


class Third(Waits):
    pass
