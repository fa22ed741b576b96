"""From a report or a run to a string.  A renderer gets all it needs as arguments: it asks no environment."""
