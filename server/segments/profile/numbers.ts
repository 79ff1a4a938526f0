import type { Engine, PlainValue } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { flag } from "./members.ts";
import type { ColumnProfile, NumberProfile } from "./view.ts";

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/;
const TIME = /^(DATE|TIMESTAMP)/;

export interface People {
  /** A SELECT with the columns of `of` and a flag for each asked segment. */
  readonly table: string;
  readonly columns: readonly Column[];
  readonly asked: number;
}

/** Whether a column's values have a size that can be averaged. */
export function isMeasured({ type }: Column): boolean {
  return !type.endsWith("]") && (NUMBER.test(type) || TIME.test(type));
}

/**
 * Mean, standard deviation (of all, n) and quartiles of each number and time, for everybody and each segment. The effect
 * is the largest difference of means in standard deviations of everybody (Glass's Δ against the whole).
 */
export async function numberProfiles(engine: Engine, people: People, signal: AbortSignal): Promise<ColumnProfile[]> {
  const columns = people.columns.filter(isMeasured);
  if (columns.length === 0) return [];
  const groups = [null, ...Array.from({ length: people.asked }, (_, index) => index)];
  const selected = groups.flatMap((group) => {
    const filter = group === null ? "" : ` FILTER (WHERE ${flag(group)})`;
    const own = columns.flatMap((column, index) => {
      const value = valueSql(column);
      const at = `${group ?? "all"}_${index}`;
      const parts = [
        `count(${value})${filter} AS n_${at}`,
        `avg(${value})${filter} AS mean_${at}`,
        `stddev_pop(${value})${filter} AS sd_${at}`,
        `quantile_cont(${value}, [0.25, 0.5, 0.75])${filter} AS q_${at}`,
      ];
      return parts;
    });
    return [`count(*)${filter} AS people_${group ?? "all"}`, ...own];
  });
  const [row] = await engine.rows({ sql: `SELECT ${selected.join(",\n")} FROM ${people.table}`, signal });
  const profile = (group: number | null, index: number): NumberProfile => {
    const at = `${group ?? "all"}_${index}`;
    const [q25, median, q75] = Array.isArray(row?.[`q_${at}`]) ? (row[`q_${at}`] as PlainValue[]) : [];
    const all = Number(row?.[`people_${group ?? "all"}`]);
    return {
      known: all === 0 ? 0 : Number(row?.[`n_${at}`]) / all,
      ...{ mean: number(row?.[`mean_${at}`]), sd: number(row?.[`sd_${at}`]) },
      ...{ q25: number(q25), median: number(median), q75: number(q75) },
    };
  };
  return columns.map((column, index) => {
    const everybody = profile(null, index);
    const segments = Array.from({ length: people.asked }, (_, group) => profile(group, index));
    const effect = Math.max(0, ...segments.map((segment) => Math.abs(distance(segment, everybody))));
    const kind = TIME.test(column.type) ? "time" : "number";
    return { column: column.name, type: column.type, kind, everybody, segments, effect };
  });
}

/** How many standard deviations of everybody a segment's mean is from everybody's; 0 where that can't be said. */
function distance(segment: NumberProfile, everybody: NumberProfile): number {
  const { mean, sd } = everybody;
  if (segment.mean === null || mean === null || sd === null || sd === 0) return 0;
  return (segment.mean - mean) / sd;
}

/** The column as a double; infinite values and NaN are no sizes. */
function valueSql(column: Column): string {
  const plain = quoted(column.name);
  if (TIME.test(column.type)) return `epoch_ms(${plain}::TIMESTAMP)::DOUBLE`;
  return /^(FLOAT|DOUBLE)/.test(column.type)
    ? `CASE WHEN isfinite(${plain}) THEN ${plain}::DOUBLE END`
    : `${plain}::DOUBLE`;
}

function number(value: PlainValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
