import { readFileSync } from "node:fs";
import { openDuckDb } from "../../server/engine/duckdb.ts";
import type { Part } from "../../server/monitor/explain/decompose.ts";

/** What the demo's generator wrote down of what it planted. */
export interface Truth {
  readonly fall: { readonly archetype: string; readonly firstDay: string };
  readonly mixShift: {
    readonly archetype: string;
    readonly firstDay: string;
    readonly column: string;
    readonly part: string;
  };
  readonly machineOpens: { readonly mailDomain: string; readonly firstDay: string };
}

export interface Planted {
  readonly truth: Truth;
  /** Each customer's archetype and the segment that `people` has them in. */
  readonly people: readonly (readonly [archetype: unknown, segment: unknown])[];
  /** The segment in which most of an archetype are. */
  segmentOf(archetype: string): unknown;
  /** Events by people and deliveries to a segment, 48 hours' worth, before and from a day on, by a column of the sends. */
  partsOf(segment: unknown, event: "opened_at" | "clicked_at", by: string, from: string): Promise<readonly Part[]>;
  close(): Promise<void>;
}

/** Holds the truth of a demo against `people`, a Parquet file with `customer_id` and `segment`. */
export async function openPlanted(root: string, file: string): Promise<Planted> {
  const engine = await openDuckDb(null);
  const archetypes = `read_parquet('${root}/.segbook/demo-truth/archetypes.parquet')`;
  const { rows } = await engine.table({
    sql: `SELECT archetype, segment FROM ${archetypes} AS archetypes JOIN read_parquet('${file}') AS people USING (customer_id) ORDER BY customer_id`,
  });
  const people = rows.map(([archetype, segment]) => [archetype, segment] as const);
  return {
    truth: JSON.parse(readFileSync(`${root}/.segbook/demo-truth/truth.json`, "utf8")) as Truth,
    people,
    segmentOf: (archetype) => mostCommon(people.flatMap(([of, segment]) => (of === archetype ? [segment] : []))),
    partsOf: async (segment, event, by, from) => {
      const happened = `${event} <= delivered_at + INTERVAL 48 HOUR`;
      const side = `sent_at >= TIMESTAMP '${from}'`;
      const counted = await engine.table({
        sql: `SELECT ${by}, count(*) FILTER (WHERE NOT ${side}), count(*) FILTER (WHERE NOT ${side} AND ${happened}),
            count(*) FILTER (WHERE ${side}), count(*) FILTER (WHERE ${side} AND ${happened})
          FROM read_parquet('${root}/data/demo/sends/*.parquet') AS sends JOIN read_parquet('${file}') AS people USING (customer_id)
          WHERE segment = '${segment}' AND delivered_at IS NOT NULL AND NOT (machine_open AND '${event}' = 'opened_at')
          GROUP BY ALL ORDER BY ALL`,
      });
      return counted.rows.map(([name, n0, x0, n1, x1]) => ({
        name: String(name),
        before: { n: Number(n0), x: Number(x0) },
        after: { n: Number(n1), x: Number(x1) },
      }));
    },
    close: () => engine.close(),
  };
}

function mostCommon(values: readonly unknown[]): unknown {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
