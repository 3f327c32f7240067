"""How facts come in: folders of CSV and YAML read strictly into sources, entities and claims."""
