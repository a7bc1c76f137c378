"""A walk in those pictures: on a graph, on a map, on a surface, as a crowd, as a chart."""
