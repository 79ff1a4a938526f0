#!/usr/bin/env node
import { type Command, cac } from "cac";
import { CallFault, DataFault, EXIT } from "./commands/command.ts";
import { version } from "./version.ts";

/** The command line: one file a command in commands/. */
const cli = cac("segbook");
const list = (value: unknown): string[] =>
  value === undefined ? [] : (Array.isArray(value) ? value : [value]).map(String);

cli.option("--workspace <dir>", "The folder with notebooks/ and data/ (default: at or above the current folder)");

/** Options of commands that compute; they go before the workspace's settings. */
const limited = (command: Command): Command =>
  command
    .option("--threads <n>", "Cores that a kernel may use")
    .option("--memory <size>", "Memory of a kernel's engine, such as 4GB")
    .option("--temp <size>", "Disk that a computation may take, such as 20GB")
    .option("--rows <n>", "Most rows of one result")
    .option("--seconds <n>", "Most time of one cell");

limited(cli.command("serve", "Open the workbench"))
  .option("--port <port>", "Port; without it 4173, or the next that is free")
  .option("--host <host>", "Address to listen on", { default: "127.0.0.1" })
  .action((flags) => finish(async () => (await import("./commands/serve.ts")).serve(flags)));

limited(cli.command("run [notebook]", "Run what is stale"))
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The moment after which nothing counts")
  .option("--only <cell>", "This cell and what it needs")
  .option("--no-cache", "Compute again what is found")
  .option("--json", "One JSON object a cell, a line each")
  .option("--lock", "Write the lock beside the notebook")
  .option("--locked", "Compute everything and compare with the lock")
  .option("--refresh", "Record who is in which segment, and why people came and went")
  .action((notebook, flags) => finish(async () => (await import("./commands/run.ts")).run(notebook, flags)));

limited(cli.command("show [notebook] [relation]", "Run what a relation needs, and print it"))
  .option("--format <format>", "table, csv, json, ndjson or parquet", { default: "table" })
  .option("--limit <rows>", "At most so many rows")
  .option("--out <file>", "Write to a file")
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The moment after which nothing counts")
  .option("--no-cache", "Compute again what is found")
  .option("--spreadsheet", "Neutralise formulas in CSV")
  .action((notebook, relation, flags) =>
    finish(async () => (await import("./commands/show.ts")).show(notebook, relation, flags)),
  );

limited(cli.command("replay [notebook] [cell.name]", "A segment in past weeks, by its rule as it is now"))
  .option("--weeks <n>", "How many weeks, up to 60", { default: 52 })
  .option("--format <format>", "table, csv or json", { default: "table" })
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The end of the last week")
  .action((notebook, which, flags) =>
    finish(async () => (await import("./commands/replay.ts")).replay(notebook, which, flags)),
  );

limited(cli.command("forecast [notebook] [cell.name]", "Who drops out in the next days if nothing happens"))
  .option("--days <n>", "How many days, up to 31", { default: 7 })
  .option("--who <leaving|entering>", "Of one segment: who drops out, or who comes in", { default: "leaving" })
  .option("--format <format>", "table, csv or json", { default: "table" })
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The moment from which on nothing happens")
  .action((notebook, which, flags) =>
    finish(async () => (await import("./commands/forecast.ts")).forecast(notebook, which, flags)),
  );

limited(cli.command("segment [notebook] [cell.name]", "Give a segment to other tools, or take one of theirs"))
  .option("--as <form>", "members (the default), sql, tree, jsonlogic, klaviyo, hubspot; with --from also posthog, sql")
  .option("--from <file>", "Read a definition, and write its rule into the cell")
  .option("--format <format>", "Of members: csv or parquet", { default: "csv" })
  .option("--columns <a,b>", "Of members: columns besides the key")
  .option("--out <file>", "Write to a file")
  .option(
    "--map <name=name>",
    "What a name here is called there, with --from the other way; may be given more than once",
  )
  .option("--name <name>", "With --from: what the segment is called")
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The moment after which nothing counts")
  .action((notebook, which, flags) =>
    finish(async () => (await import("./commands/segment.ts")).segment(notebook, which, flags)),
  );

limited(cli.command("check [...notebooks]", "Say what is wrong with notebooks, without running them"))
  .option("--json", "One JSON object a finding, a line each")
  .option("--fix", "Mend first what is certain")
  .action((notebooks, flags) => finish(async () => (await import("./commands/check.ts")).check(notebooks, flags)));

cli
  .command("new [name] [...files]", "A notebook to start from, guessed from data files")
  .option("--data <file>", "A data file; may be given more than once, or followed by more")
  .action((name, files, flags) => {
    const data = [...list(flags.data), ...files];
    return finish(async () => (await import("./commands/new.ts")).newNotebook(name, data, flags));
  });

limited(
  cli.command("diff [before] [after]", "What makes one notebook another: two files, or a file and a git revision"),
)
  .option("--data", "Run both, and say how their results differ")
  .option("--json", "One JSON object")
  .action((before, after, flags) =>
    finish(async () => (await import("./commands/diff.ts")).diff(before, after, flags)),
  );

cli
  .command("export [notebook]", "Write the last results as one page that opens from disk")
  .option("--out <file>", "The page's file")
  .option("--set <id=value>", "Value of an input; may be given more than once")
  .option("--as-of <moment>", "The moment after which nothing counts")
  .action((notebook, flags) =>
    finish(async () => (await import("./commands/export.ts")).exportNotebook(notebook, flags)),
  );

limited(cli.command("monitor", "Bring every monitor up to date, record it, and print what changed"))
  .option("--tier <tier>", "The least of a new alert that ends with 3: watch, alert or confirmed", { default: "alert" })
  .option("--since <date>", "Print what changed since a day, and not in this call alone")
  .option("--json", "One JSON object a change, a line each")
  .action((flags) => finish(async () => (await import("./commands/monitor.ts")).monitor(flags)));

cli.help();
cli.version(version);

// Whoever reads has had enough, as `head` does: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.good);
  throw error;
});

try {
  const parsed = cli.parse(process.argv, { run: false });
  if (cli.matchedCommand !== undefined) await cli.runMatchedCommand();
  else if (parsed.options.help !== true && parsed.options.version !== true) {
    const [name] = parsed.args;
    process.stderr.write(
      name === undefined
        ? "Which command? segbook --help lists them.\n"
        : `There is no command ${name}. segbook --help lists them.\n`,
    );
    process.exitCode = EXIT.call;
  }
} catch (error) {
  // What cac refuses (an unknown option, a missing value) is a fault of the call.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.call;
}

/** Each command is loaded when it is called: most of the time of a short one is that of loading. */
async function finish(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    const ofKernel = error instanceof Error && ["KernelFault", "KernelLost"].includes(error.name);
    const isExpected = error instanceof CallFault || error instanceof DataFault || ofKernel;
    const text = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = error instanceof CallFault ? EXIT.call : EXIT.fault;
  }
}
