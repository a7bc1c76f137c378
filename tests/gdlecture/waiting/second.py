from waiting._waits import Waits


class Second(Waits):
    pass
