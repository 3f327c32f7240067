"""Everything that speaks RDF: ontology, codec, store, questions, shapes, reasoner."""
