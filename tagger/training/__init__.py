"""The whole way from the corpora to the weights that `tagger/model/` ships; see `python -m tagger.training --help`."""
