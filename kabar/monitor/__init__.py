"""The monitor: a web page over the store, drawn on the server, that asks nothing beyond this machine."""
