"""How an edit of a YAML text is carried out; others use `kvisdocs.cases.yaml.edit`."""
