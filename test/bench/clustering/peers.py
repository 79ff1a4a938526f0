"""One computation in a process of its own, on numbers that lie in a file: peers.py TASK POINTS COLUMNS K START OUT."""

import json
import re
import sys
import time

import numpy

task, file, columns, k, start, out = sys.argv[1:]
columns, k = int(columns), int(k)


def linkage_vector(points):
    return fastcluster.linkage_vector(points, "ward")


def scikit_ward(points):
    found = AgglomerativeClustering(n_clusters=None, distance_threshold=0, linkage="ward").fit(points)
    joins = numpy.zeros((len(points) - 1, 4))
    joins[:, :2] = found.children_
    joins[:, 2] = found.distances_
    return joins


def lloyd(points):
    centres = numpy.fromfile(start).reshape(k, columns)
    return numpy.array([KMeans(k, init=centres, n_init=1, max_iter=1000, tol=0, algorithm="lloyd").fit(points).inertia_])


def best_of_ten(points):
    return numpy.array([KMeans(k, n_init=10, algorithm="lloyd", random_state=1).fit(points).inertia_])


if task == "linkage_vector":
    import fastcluster

    run = linkage_vector
elif task.startswith("fastcluster-"):
    import fastcluster

    run = lambda points: fastcluster.linkage(points, task.split("-")[1])
elif task.startswith("scipy-"):
    from scipy.cluster.hierarchy import linkage

    run = lambda points: linkage(points, task.split("-")[1])
elif task == "scikit-ward":
    from sklearn.cluster import AgglomerativeClustering

    run = scikit_ward
else:
    from sklearn.cluster import KMeans

    run = lloyd if task == "lloyd" else best_of_ten

points = numpy.fromfile(file).reshape(-1, columns)
run(numpy.sin(numpy.arange(50.0 * columns) ** 2).reshape(50, columns))
wall, cpu = time.perf_counter(), time.process_time()
result = run(points)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
with open("/proc/self/status") as status:
    peak = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
numpy.ascontiguousarray(result, dtype="float64").tofile(out)
print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak}))
