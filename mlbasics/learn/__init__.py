"""Learning by saying first what one expects: questions on fresh runs, in a terminal, a pipe or a class."""
