"""Training encoders on question pairs. Importing this is light; torch loads when used."""
