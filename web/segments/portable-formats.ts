import type { ReadFormat, WriteFormat } from "../../server/run/portable/view.ts";

/** What a segment can be taken out as. */
export type OutFormat = "csv" | "parquet" | "sql" | WriteFormat;

export const OUT_FORMATS: readonly {
  readonly id: OutFormat;
  readonly label: string;
  readonly about: string;
  readonly file: string;
}[] = [
  { id: "csv", label: "Members as CSV", about: "One line a person, ordered by the key.", file: "csv" },
  { id: "parquet", label: "Members as Parquet", about: "One row a person, ordered by the key.", file: "parquet" },
  {
    id: "sql",
    label: "SQL",
    about: "One SELECT of the members over this notebook's relations, with today's moment in it.",
    file: "sql",
  },
  {
    id: "tree",
    label: "Tree (react-querybuilder)",
    about: "The rule as JSON, extended for events, windows and segments; it comes back without loss.",
    file: "json",
  },
  { id: "jsonlogic", label: "JsonLogic", about: "Rules on attributes alone.", file: "json" },
  { id: "klaviyo", label: "Klaviyo segment", about: "What Klaviyo's Segments API takes.", file: "json" },
  { id: "hubspot", label: "HubSpot list", about: "What HubSpot's Lists API takes.", file: "json" },
];

export const IN_FORMATS: readonly { readonly id: ReadFormat; readonly label: string; readonly example: string }[] = [
  {
    id: "tree",
    label: "Tree (react-querybuilder)",
    example: '{"combinator": "and", "rules": [{"field": "total_spend", "operator": ">", "value": 200}]}',
  },
  { id: "jsonlogic", label: "JsonLogic", example: '{">": [{"var": "total_spend"}, 200]}' },
  { id: "klaviyo", label: "Klaviyo segment", example: '{"condition_groups": [{"conditions": […]}]}' },
  { id: "hubspot", label: "HubSpot list", example: '{"filterBranchType": "OR", "filterBranches": […], "filters": []}' },
  { id: "posthog", label: "PostHog cohort", example: '{"filters": {"properties": {"type": "OR", "values": […]}}}' },
  { id: "sql", label: "SQL condition", example: "WHERE total_spend > 200 AND country IN ('UK', 'DE')" },
];

/** The format that a file's text looks like; null where it looks like none. */
export function formatOf(text: string): ReadFormat | null {
  if (!/^\s*[{[]/.test(text)) return /\S/.test(text) ? "sql" : null;
  if (text.includes('"condition_groups"')) return "klaviyo";
  if (text.includes('"filterBranchType"')) return "hubspot";
  if (text.includes('"behavioral"') || (text.includes('"properties"') && text.includes('"values"'))) return "posthog";
  if (text.includes('"rules"')) return "tree";
  return text.includes('"var"') || text.includes('"val"') ? "jsonlogic" : null;
}
