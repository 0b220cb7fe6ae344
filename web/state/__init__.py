"""What visitors leave behind: likes, feedback and, where switched on, the query log.

All of it is in one SQLite file that is no part of the index. The site works without it:
while the file is missing, locked, full, read-only or broken, nothing of it is shown or
taken, and all else goes on.
"""
