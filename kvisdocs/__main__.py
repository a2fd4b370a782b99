"""`python -m kvisdocs`: the program, where its script is not on the path."""

from kvisdocs.cli.start import start

start()
