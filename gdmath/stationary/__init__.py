"""Where the gradient is zero, exactly or numerically, and of which kind."""
