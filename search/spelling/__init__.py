"""Misspelt questions: what was probably meant, and when that is asked instead."""
