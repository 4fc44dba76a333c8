"""Parts of the page: each a Solara component around a template with native controls."""
