import { z } from "zod";

const words = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

const bound = z.union([z.number(), z.string()]).nullable().default(null);

const column = z
  .union([
    z.string(),
    z.strictObject({
      type: z.string().nullable().default(null),
      required: z.boolean().default(false),
      min: bound,
      max: bound,
      matches: z.string().nullable().default(null),
      one_of: z.array(z.string()).nullable().default(null),
      unique: z.boolean().default(false),
    }),
  ])
  .transform((value) =>
    typeof value === "string"
      ? { type: value, required: false, min: null, max: null, matches: null, one_of: null, unique: false }
      : value,
  );

const csv = z.strictObject({
  delimiter: z
    .string()
    .transform((value) => (value === "tab" || value === "\\t" ? "\t" : value))
    .refine((value) => /^[\x20-\x7e\t]$/.test(value), "expected one ASCII character, or `tab`")
    .nullable()
    .default(null),
  quote: z
    .string()
    .refine((value) => /^[\x21-\x7e]?$/.test(value), "expected one ASCII character, or '' where nothing is quoted")
    .default('"'),
  header: z.boolean().nullable().default(null),
  decimal: z.enum([".", ","]).nullable().default(null),
  encoding: z.string().nullable().default(null),
  skip: z.int().min(0).default(0),
  null_values: z.array(z.string()).nullable().default(null),
  names: z.array(z.string().min(1)).nullable().default(null),
  widths: z.array(z.int().min(1)).min(1).nullable().default(null),
});

const events = z.strictObject({ by: z.string(), names: z.record(z.string(), z.string().min(1)) });

export const schema = z
  .strictObject({
    files: words.nullable().default(null),
    sql: z.string().nullable().default(null),
    format: z.enum(["csv", "tsv", "json", "jsonl", "ndjson", "parquet"]).nullable().default(null),
    csv: csv.prefault({}),
    rename: z.record(z.string(), z.string().min(1)).default({}),
    columns: z.record(z.string(), column).default({}),
    where: z.string().nullable().default(null),
    dedupe: words.default([]),
    keep: z.enum(["first", "last"]).default("first"),
    event: z.string().nullable().default(null),
    events: events.nullable().default(null),
    at: z.string().nullable().default(null),
    fresh_within: z.string().nullable().default(null),
    on_error: z.enum(["stop", "set_aside"]).default("stop"),
  })
  .superRefine((body, context) => {
    const slip = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if ((body.files === null) === (body.sql === null)) {
      slip([], "a source needs either `files` (a path, a glob or a list) or `sql` (a query)");
    }
    if (body.files?.length === 0) slip(["files"], "expected at least one path");
    if (body.event !== null && body.events !== null) slip(["event"], "give `event` or `events`, not both");
    if ((body.event ?? body.events ?? body.fresh_within) !== null && body.at === null) {
      slip([], "`event`, `events` and `fresh_within` need `at`, the column with the time");
    }
    const { delimiter, quote } = body.csv;
    if (delimiter !== null && delimiter === quote) slip(["csv", "quote"], "delimiter and quote must differ");
  });

export type SourceBody = z.infer<typeof schema>;
export type CsvOptions = SourceBody["csv"];
export type Expectations = SourceBody["columns"][string];
