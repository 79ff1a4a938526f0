import { describe, expect, test } from "vitest";
import { clusteringDrift } from "../../../server/cluster/clustering-drift.ts";
import type { KeptCluster, KeptClusters } from "../../../server/cluster/kept-clusters.ts";
import { seededRandom } from "../../../server/cluster/random.ts";

const column = (name: string) => ({ name, transform: "none", low: 0, spread: 1, fill: 0 }) as const;

function clusters(...all: KeptCluster[]): KeptClusters {
  return { columns: [column("spend"), column("orders")], clusters: all };
}

const cluster = (number: number, size: number, centre: number[], sd: number[] | null): KeptCluster => {
  return { number, name: `Cluster ${number}`, size, centre, sd };
};

describe("The drift of a clustering", () => {
  test("is the share of those still there who changed, and each centre's movement by Welch's standard error", () => {
    const earlier = clusters(cluster(1, 100, [0, 0], [1, 2]), cluster(2, 50, [5, 5], [1, 1]));
    const later = clusters(cluster(2, 60, [5, 5], [1, 1]), cluster(1, 80, [0.1, 0.8], [1, 2]));
    const common = [
      [10, 70],
      [40, 0],
    ];
    const drift = clusteringDrift(earlier, later, common);
    expect(drift.changed).toBeCloseTo(10 / 120, 12);
    const [first, second] = drift.clusters;
    expect([first?.there, first?.changed]).toEqual([80, 10]);
    expect(first).toMatchObject({ number: 1, sizeBefore: 100, size: 80, column: "orders" });
    // √(4/100 + 4/80) = 0.3
    expect(first?.standardErrors).toBeCloseTo(0.8 / 0.3, 12);
    expect(first?.deviations).toBeCloseTo(0.4, 12);
    expect(first?.isBeyondNoise).toBe(false);
    expect(second).toMatchObject({ changed: 0, standardErrors: 0, isBeyondNoise: false });
  });

  test("is beyond noise above the normal quantile of 0.001 shared among all columns of all clusters", () => {
    // Two clusters of two columns: Φ⁻¹(1 − 0.0005/4) = 3.662.
    const moved = (z: number) => {
      const earlier = clusters(cluster(1, 200, [0, 0], [1, 1]), cluster(2, 200, [9, 9], [1, 1]));
      const later = clusters(cluster(1, 200, [z * 0.1, 0], [1, 1]), cluster(2, 200, [9, 9], [1, 1]));
      return clusteringDrift(earlier, later, null).clusters[0]?.isBeyondNoise;
    };
    expect([moved(3.65), moved(3.68), moved(-3.68)]).toEqual([false, true, true]);
  });

  test("is not told where nothing is known: of one person, of another column, of nobody in common", () => {
    const earlier = clusters(cluster(1, 1, [0, 0], null));
    const drift = clusteringDrift(earlier, clusters(cluster(1, 9, [1, 1], [1, 1])), null);
    expect(drift).toMatchObject({ changed: Number.NaN });
    expect(drift.clusters[0]).toMatchObject({ column: null, standardErrors: Number.NaN, isBeyondNoise: false });
  });

  test("of two samples of the same people is seldom beyond noise", () => {
    const random = seededRandom(7, "samples of one cluster");
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const sample = (): KeptCluster => {
      const columns = [0, 1].map(() => Array.from({ length: 60 }, normal));
      const means = columns.map((values) => values.reduce((sum, value) => sum + value, 0) / 60);
      const sds = columns.map((values, c) =>
        Math.sqrt(values.reduce((sum, value) => sum + (value - (means[c] ?? 0)) ** 2, 0) / 59),
      );
      return cluster(1, 60, means, sds);
    };
    let beyond = 0;
    for (let i = 0; i < 1000; i++)
      beyond += clusteringDrift(clusters(sample()), clusters(sample()), null).clusters[0]?.isBeyondNoise ? 1 : 0;
    // One in a thousand is expected, a little more since 60 people are few for a normal quantile.
    expect(beyond).toBeLessThanOrEqual(6);
  });
});
