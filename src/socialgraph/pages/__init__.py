"""HTML for people: values in, files out. Nothing here asks the store."""
