"""The crawl: the durable queue (`frontier`), the workers (`crawler`) and the WARC archive (`archive`).

The order that makes a kill harmless: a page's records are in the archive file before its URL is completed in the
frontier, and a page's links enter the frontier in the same commit as the completion of that page.
"""
