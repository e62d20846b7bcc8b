"""The same questions, answered by igraph. Called as: EDGES NODES RUNS. Prints JSON: answers, and milliseconds."""

import json
import sys
import time

import igraph

path, nodes, runs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path) as file:
    edges = [tuple(map(int, line.split())) for line in file]
directed = igraph.Graph(n=nodes, edges=edges, directed=True)
undirected = directed.as_undirected(mode="collapse")
found = {}


def measure(name, work, runs=runs):
    least = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        answer = work()
        least = min(least, time.perf_counter() - start)
    found[name + "_ms"] = least * 1000
    return answer


components = measure("cycles", lambda: directed.connected_components(mode="strong"))
found["cycles"] = sum(1 for size in components.sizes() if size > 1)
found["articulation_points"] = len(measure("articulation_points", undirected.articulation_points))
found["bridges"] = len(measure("bridges", undirected.bridges))
sizes = measure("dependents", lambda: directed.neighborhood_size(order=nodes, mode="in", mindist=1), runs=1)
found["dependents"] = sum(sizes)
print(json.dumps(found))
