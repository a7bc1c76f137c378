"""The explorer: one offline page on which descents are tried by hand."""
