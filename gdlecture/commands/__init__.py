"""The subcommands of `lecture`, one a file; each imports what is slow only when it runs."""
