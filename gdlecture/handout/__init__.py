"""The lecture on paper: its pictures, what is said of them, and room for notes."""
