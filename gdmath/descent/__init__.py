"""Step rules, the loop, the walk and its ending; many starts, cycles, thresholds."""
