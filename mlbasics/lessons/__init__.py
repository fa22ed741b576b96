"""One idea, one lesson."""
