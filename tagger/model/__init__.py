"""The NER model that the package ships, and the little code that runs it: pieces, encoder, decoding."""
