"""What the server answers, without HTTP: a build in, replies out. It knows the graph and the pages; `server/` knows it."""
