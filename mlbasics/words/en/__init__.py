"""The sentences of this language, a file a lesson."""
