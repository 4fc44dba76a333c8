"""The server of the page, and the worker process that runs worlds and answers questions."""
