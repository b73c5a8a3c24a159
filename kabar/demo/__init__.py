"""The sample site and its server: sixty made-up stories over real HTTP, on loopback alone."""
