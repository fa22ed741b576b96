"""The command line: this room alone knows Typer, the streams and the environment."""
