"""Reports: an outline and a view become a report of sentences, tables and pictures, each with footnotes to claims."""
