import { printColumn } from "../../server/language/print-name.ts";
import type { CellKindName } from "../../server/notebook/model.ts";
import { renderScalar } from "../../server/notebook/yaml/render.ts";
import type { KnownRelation, Surroundings } from "./surroundings.ts";

/** Bodies to start from, made of what the notebook has, so that they run as they are where anything fits. */
export const templates: Readonly<Record<CellKindName, (around: Surroundings) => string>> = {
  source: ({ files }) => `files: ${renderScalar(files[0] ?? "orders.csv")}\n`,
  sql: ({ relation }) => (relation === null ? "SELECT 1 AS one" : `SELECT *\nFROM ${relation.name}`),
  features,
  cluster: ({ people, entity }) => {
    const columns = numbers(people, entity).slice(0, 6).map(renderScalar).join(", ");
    return `of: ${nameOf(people)}\ncolumns: [${columns}]\nscale: robust\nmethod: ward\nk: 4\n`;
  },
  score: (around) => {
    const rule = renderScalar(firstRule(around));
    return `of: ${nameOf(around.people)}\npoints:\n  - when: ${rule}\n    add: 10\nbands:\n  High: ">= 10"\n  Low: ">= 0"\n`;
  },
  segments: (around) => {
    const name = around.events.length > 0 ? "Recently active" : "First group";
    return `of: ${nameOf(around.people)}\nsegments:\n  ${name}: |-\n    ${firstRule(around)}\notherwise: Everyone else\n`;
  },
  transform: ({ relation }) => `of: ${nameOf(relation)}\nverbs:\n  - filter: "d => true"\n`,
  chart: ({ relation, entity }) => {
    const columns = relation?.columns.filter(({ name }) => name !== entity) ?? [];
    const x = (columns.find(({ type }) => /CHAR/.test(type)) ?? columns[0])?.name ?? entity;
    return `of: ${nameOf(relation)}\nmark: bar\nx: ${renderScalar(x)}\ny: count()\n`;
  },
  monitor: ({ segmentations, sends }) => {
    const has = (name: string) => sends === null || sends.columns.some((column) => column.name === name);
    const rates = [
      ...(has("opened_at") && has("delivered_at") ? ["open_rate"] : []),
      ...(has("clicked_at") && has("delivered_at") ? ["click_rate"] : []),
    ];
    const metrics = rates.length > 0 ? rates : ["size", "mix"];
    const sent = has("sent_at") ? "" : "columns: {sent_at: delivered_at}\n";
    return `segments: [${segmentations.join(", ")}]\nsends: ${sends?.name ?? "sends"}\n${sent}period: day\nmetrics: [${metrics.join(", ")}]\nbaseline: 42\n`;
  },
  input: () => "type: number\ndefault: 3\nlabel: Minimum\nmin: 1\nmax: 12\n",
};

function features({ events, people, entity }: Surroundings): string {
  const [event] = events;
  if (event !== undefined || people === null) {
    const words = event ?? "placed order";
    return `columns:\n  recency_days: days since last ${words}\n  count_90d: count of ${words} in last 90 days\n`;
  }
  const [number] = numbers(people, entity);
  const sql = number === undefined ? "1" : `"${number.replaceAll('"', '""')}" * 2`;
  return `from: ${people.name}\ncolumns:\n  ${number === undefined ? "one" : "doubled"}: {sql: ${renderScalar(sql)}}\n`;
}

/** A rule that can be judged with what there is: by an event, else by a number, else by presence. */
function firstRule({ events, people, entity }: Surroundings): string {
  const [event] = events;
  if (event !== undefined || people === null) return `${event ?? "placed order"} in last 30 days`;
  const [number] = numbers(people, entity);
  return number === undefined ? `${printColumn(entity)} is known` : `${printColumn(number)} > 0`;
}

function numbers(relation: KnownRelation | null, entity: string): string[] {
  return (relation?.columns ?? [])
    .filter(({ name, type }) => name !== entity && /INT|DECIMAL|DOUBLE|FLOAT/.test(type))
    .map(({ name }) => name);
}

function nameOf(relation: KnownRelation | null): string {
  return relation?.name ?? "behaviour";
}
