import { listOf, mapOf, oneOf, plain, type Shape, valued } from "./shape.ts";

const TRUTH = ["true", "false"] as const;

const of = valued("the relation that it is about", "relation");
const column = valued("a column of it", "column");

const expectations: Shape = {
  means: "a column's type, or what is expected of it",
  value: "type",
  keys: {
    type: valued("DuckDB's name of the type, or text, number", "type"),
    required: oneOf("no value may be missing", ...TRUTH),
    min: plain("the least value"),
    max: plain("the greatest value"),
    matches: plain("a regular expression that every value fits"),
    one_of: listOf("the only values that are allowed", plain("a value")),
    unique: oneOf("no value may come twice", ...TRUTH),
  },
};

const csv: Shape = {
  means: "how the file is written, where that is not found by itself",
  keys: {
    delimiter: plain("what stands between fields, or `tab`"),
    quote: plain("what fields are quoted with"),
    header: oneOf("whether the first line names the columns", ...TRUTH),
    decimal: oneOf("the decimal sign", "'.'", "','"),
    encoding: plain("such as windows-1252"),
    skip: plain("lines to leave out at the start"),
    null_values: listOf("what stands for a missing value", plain("a text")),
    names: listOf("the columns' names, where no line tells them", plain("a name")),
    widths: listOf("the columns' widths, for fixed-width files", plain("signs")),
  },
};

const source: Shape = {
  means: "files with what is expected of them",
  keys: {
    files: listOf("a path below data/, a glob, or a list", valued("a path below data/", "file")),
    sql: plain("a query, in place of files"),
    format: oneOf(
      "the files' format, where their names do not tell",
      "csv",
      "tsv",
      "json",
      "jsonl",
      "ndjson",
      "parquet",
    ),
    csv,
    rename: mapOf("the file's column: our name", null, plain("our name")),
    columns: mapOf("what is expected of each column", "own column", expectations),
    where: valued("a SQL condition: the rows that are kept", "condition"),
    dedupe: listOf("columns that say which rows are the same", valued("a column", "own column")),
    keep: oneOf("which of the same rows stays, by `at`", "first", "last"),
    event: plain("what a row means in rules, in words: placed order"),
    events: {
      means: "several kinds of event in one file",
      keys: {
        by: valued("the column that tells the kind", "own column"),
        names: mapOf("value: the event's words", null, plain("the event in words")),
      },
    },
    at: valued("the event's time", "own column"),
    fresh_within: oneOf("older newest data is a finding", "1 day", "2 days", "1 week"),
    on_error: oneOf("what is done with rows that can't be read", "stop", "set_aside"),
  },
};

const features: Shape = {
  means: "one row per entity",
  keys: {
    from: valued("a relation with the entities", "relation"),
    columns: mapOf("name: expression", null, {
      means: "a feature's expression, or {sql: …}",
      value: "feature",
      keys: { sql: valued("SQL over the other columns", "condition") },
    }),
    template: oneOf("ready-made features", "rfm"),
    event: valued("the event that the template is about", "event"),
    amount: valued("the event's column with its worth", "own column"),
    fill: mapOf("feature: value where there is none", null, plain("a value")),
  },
};

const cluster: Shape = {
  means: "people who are alike",
  keys: {
    of,
    columns: listOf("what they are alike in", column),
    transform: mapOf("column: what is done before scaling", "column", oneOf("", "log1p", "sqrt", "rank", "none")),
    scale: oneOf("how columns are made comparable", "robust", "zscore", "minmax", "none"),
    method: oneOf("how clusters are found", "ward", "average", "complete", "single", "kmeans"),
    exact: oneOf("whether Ward takes each of more than 100,000 people by themselves", "true", "false"),
    k: {
      means: "how many clusters",
      value: { oneOf: ["3", "4", "5", "{auto: [3, 5]}"] },
      keys: { auto: plain("[from, to], 50 numbers at most") },
    },
    assign: oneOf("how people come to clusters", "anew", "nearest"),
    seed: plain("for what is random, in place of the head's"),
    missing: oneOf("what is done where a value is missing", "stop", "median", "drop"),
    names: mapOf("number: name of the cluster", null, plain("a name")),
    accept: accept(),
  },
};

const monitor: Shape = {
  means: "rates of segments over time",
  keys: {
    segments: listOf("the segmentations that are watched", valued("a cell with segments", "segmentation")),
    counts: valued("a relation that is counted already", "relation"),
    sends: valued("a relation with one row a send", "relation"),
    columns: {
      means: "which of its columns tells what",
      keys: Object.fromEntries(
        [
          ["sent_at", "when it was sent"],
          ["delivered_at", "when it arrived"],
          ["opened_at", "when it was opened"],
          ["clicked_at", "when it was clicked"],
          ["unsubscribed_at", "when its reader left"],
          ["bounced_at", "when it came back"],
          ["machine_open", "whether a program opened it"],
          ["send_id", "which send it was"],
        ].map(([key = "", means = ""]) => [key, valued(means, "send column")]),
      ),
    },
    period: oneOf("the unit that is counted by", "day", "week", "send"),
    metrics: listOf(
      "what is watched",
      oneOf(
        "a metric",
        "open_rate",
        "click_rate",
        "click_rate_with_suspected",
        "unsubscribe_rate",
        "bounce_rate",
        "complaint_rate",
        "machine_open_rate",
        "change_rate",
        "size",
        "mix",
      ),
    ),
    mature_after: oneOf("how long opens and clicks are waited for", "24 hours", "48 hours", "7 days"),
    baseline: plain("periods that later ones are judged against"),
    min_relative_change: plain("smaller changes stay at watch: 0.05"),
    by: listOf("columns of the sends that alerts are split by", valued("a column of the sends", "send column")),
    conversion: plain("the event that control groups are compared by: placed order"),
  },
};

const decay = oneOf("how fast points fade after the newest event", "halve every 30 days", "halve every 7 days", "none");

const channel: Shape = { means: "a column, or count() and the like of one", value: "column" };

/** What may stand in the bodies that are YAML, by kind of cell. */
export const bodyShapes: Readonly<Record<string, Shape>> = {
  input: {
    means: "a value that the reader may change",
    keys: {
      type: oneOf("what it is", "date", "timestamp", "number", "text", "boolean", "choice"),
      default: plain("its value until it is changed"),
      label: plain("what stands over the control"),
      min: plain("the least value"),
      max: plain("the greatest value"),
      step: plain("how far one step of the slider goes"),
      options: listOf("what can be chosen", plain("a choice")),
    },
  },
  source,
  features,
  score: {
    means: "points for behaviours",
    keys: {
      of,
      points: listOf("rules with their points", {
        means: "a rule and its points",
        keys: { when: valued("a rule", "rule"), add: plain("points, also negative"), decay },
      }),
      bands: mapOf("name: border, the highest first", null, oneOf("a border", '">= 0"')),
      decay,
      outcome: {
        means: "what the bands are judged by: an event after the moment, or a column",
        keys: {
          event: valued("an event, with its conditions", "rule"),
          within: oneOf("how long after the moment it may happen", "7 days", "28 days", "90 days"),
          column: valued("true or false, or a number", "column"),
        },
      },
      accept: accept(),
    },
  },
  segments: {
    means: "named groups by rules",
    keys: {
      of,
      segments: mapOf("name: rule", null, valued("a rule", "rule")),
      exclusive: oneOf("whether the first that fits is the only one", ...TRUTH),
      otherwise: plain("the name of those that no rule fits"),
      control: {
        ...mapOf("the share that is held out of what is sent: 10%, or one for each segment", null, plain("10%")),
        value: { oneOf: ["5%", "10%", "20%"] },
      },
      accept: accept(),
    },
  },
  cluster,
  transform: {
    means: "Arquero's verbs",
    keys: { of, verbs: listOf("one verb an entry", { means: "a verb", keys: verbs() }) },
  },
  chart: {
    means: "a picture of a relation",
    keys: {
      of,
      spec: plain("a Vega-Lite spec without data"),
      mark: oneOf("the form", "bar", "line", "point", "area", "rect", "boxplot", "tick"),
      x: channel,
      y: channel,
      color: channel,
      facet: channel,
    },
  },
  monitor,
};

function verbs(): Record<string, Shape> {
  const meanings = {
    filter: "keeps rows",
    derive: "adds columns",
    select: "keeps columns",
    rename: "renames columns",
    groupby: "groups rows",
    ungroup: "ends the groups",
    rollup: "one row a group",
    count: "counts rows",
    orderby: "orders rows",
    dedupe: "leaves out the same rows",
    fold: "columns to rows",
    slice: "some rows",
    pivot: "rows to columns",
    impute: "fills what is missing",
    join: "[relation, [keys]]",
    join_left: "[relation, [keys]]",
    semijoin: "[relation, [keys]]",
    antijoin: "[relation, [keys]]",
  };
  return Object.fromEntries(Object.entries(meanings).map(([verb, means]) => [verb, shapeOfVerb(verb, means)]));
}

function shapeOfVerb(verb: string, means: string): Shape {
  if (verb.includes("join")) return listOf(means, valued(means, "relation"));
  return ["filter", "derive", "rollup", "count", "ungroup", "slice"].includes(verb)
    ? plain(means)
    : listOf(means, column);
}

function accept(): Shape {
  return listOf("findings that are meant to be as they are", {
    means: "a finding's code, what it is about, and why it is accepted",
    keys: {
      code: plain("the finding's code, such as segment-small"),
      segment: plain("the segment that it is about"),
      about: plain("the other segment, the attribute or the condition that it is about"),
      reason: plain("why it is accepted"),
    },
  });
}
