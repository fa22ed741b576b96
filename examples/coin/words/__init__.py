"""The sentences of this lesson, a file for each language."""
