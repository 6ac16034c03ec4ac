"""The newest of a kind, as feed readers understand it: RSS 2.0, Atom and JSON Feed."""
