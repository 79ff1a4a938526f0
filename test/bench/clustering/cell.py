"""The benchmark's cluster cell as an analyst would write it with pandas and scikit-learn: FILE K OUT; figures are printed as JSON."""

import json
import re
import sys
import time

import numpy
import pandas
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_score
from sklearn.preprocessing import StandardScaler

file, k, out = sys.argv[1:]
wall, cpu = time.perf_counter(), time.process_time()
people = pandas.read_csv(file, index_col="customer_id")
filled = people.fillna(people.median())
scaled = StandardScaler().fit_transform(filled.apply(lambda column: numpy.log1p(column) if column.skew() > 3 else column))
labels = KMeans(int(k), n_init=10, random_state=1).fit_predict(scaled)
profile = people.groupby(labels).agg(["mean", "median", "std"])
silhouette = silhouette_score(scaled, labels, sample_size=5000, random_state=1)
pandas.Series(labels, index=people.index, name="cluster").to_csv(out)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
with open("/proc/self/status") as status:
    peak = int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024
print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak}))
