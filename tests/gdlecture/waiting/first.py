from waiting._waits import Waits


class First(Waits):
    pass
