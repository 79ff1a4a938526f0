import { literal, name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import { auditColumns, auditRows, exampleKey } from "./audit.ts";
import { blamed } from "./blame.ts";
import { shortened } from "./complaints.ts";
import { faultProblem, SourceFault } from "./fault.ts";
import { repeats } from "./good.ts";
import { type Judgement, judge, uniqueColumns } from "./judge.ts";
import { said } from "./locate.ts";
import { countCopies } from "./measure.ts";
import { ROW } from "./raw.ts";
import { inOrder, MOST_REJECTS, placedRejects, rejectColumns, unreadableRejects } from "./rejects.ts";
import { misfitRows } from "./rows.ts";
import type { SourceBody } from "./schema.ts";
import { misfitReason, openTyped, type Typed } from "./typed.ts";
import { runFindings } from "./verdict.ts";

/** Reads a source, judges it, and writes its rows, its audit and what it set aside. */
export async function runSource(reading: Read<SourceBody>, context: RunContext): Promise<Problem[]> {
  let typed: Typed | Problem[] | null = null;
  try {
    typed = await openTyped(reading, context);
    if (Array.isArray(typed)) return typed;
    const judgement = await judge(typed, reading, context);
    if (Array.isArray(judgement)) return judgement;
    return await write(typed, judgement, { reading, context });
  } catch (error) {
    const files = typed === null || Array.isArray(typed) ? await knownFiles(reading, context) : typed.dataset.files;
    const cause = await blamed(error, files, context);
    if (cause instanceof SourceFault) return [faultProblem(cause, reading, context)];
    throw cause;
  }
}

async function knownFiles({ body }: Read<SourceBody>, context: RunContext) {
  const found = await Promise.all((body.files ?? []).map((pattern) => context.files(pattern)));
  return found.flat();
}

interface Around {
  readonly reading: Read<SourceBody>;
  readonly context: RunContext;
}

async function write(typed: Typed, judgement: Judgement, around: Around): Promise<Problem[]> {
  const { reading, context } = around;
  const { body } = reading;
  const { engine, signal } = context;
  const copies = await countCopies(engine, { rows: typed.rows, columns: typed.columns, signal });
  const written = await context.write("", finalRows(typed, judgement, body), judgement.condition.parameters);
  const rejects = body.on_error === "set_aside" ? await writeRejects(typed, judgement, around) : [];
  if ("code" in rejects) return [rejects];
  const { measures, checks, repeated, anyRepeated } = judgement;
  const examples = new Map(rejects.map(({ key, text }) => [key, text]));
  for (const [check, { place, value }] of judgement.examples) {
    examples.set(exampleKey(check.check, check.column), `${said(place)}: ${shortened(value ?? "missing")}`);
  }
  const setAside = typed.read - measures.rows + measures.anyBroken + anyRepeated;
  const counted = {
    body,
    files: typed.dataset.files.length,
    read: typed.read,
    columns: typed.columns,
    checks,
    measures,
    copies,
    unreadable: typed.dataset.faults.length,
    misfits: typed.misfits,
    duplicates: measures.kept - measures.anyBroken - anyRepeated - written,
    repeated,
    setAside,
    written,
    examples,
    findings: typed.findings,
  };
  await context.writeColumns("_audit", auditColumns(auditRows(counted)));
  await typed.dataset.confirm();
  for (const { path, ...contents } of typed.contents) context.held(path, contents);
  return runFindings(counted, around);
}

/** The rows that go on, in the order of the files. */
function finalRows(typed: Typed, judgement: Judgement, body: SourceBody): string {
  const unique = uniqueColumns(body).filter((name) => (judgement.repeated.get(name) ?? 0) > 0);
  const names = typed.columns.map(({ name }) => quoted(name)).join(", ");
  if (unique.length === 0 && body.dedupe.length === 0) return `SELECT ${names} FROM (${judgement.good})`;
  const qualify = unique.length === 0 ? "" : ` QUALIFY NOT (${unique.map(repeats).join(" OR ")})`;
  return `SELECT ${names} FROM (SELECT * FROM (${judgement.good})${qualify}) ORDER BY ${ROW}`;
}

/** Writes `<id>_rejects`, and gives the first of each kind as an example; a problem where there are far too many. */
async function writeRejects(
  typed: Typed,
  judgement: Judgement,
  { context }: Around,
): Promise<{ key: string; text: string }[] | Problem> {
  const { engine, signal } = context;
  const { condition, checks, measures, good, repeated } = judgement;
  const parts: { check: string; column: string; sql: string }[] = [];
  for (const column of typed.columns.filter(({ name }) => (typed.misfits.get(name) ?? 0) > 0)) {
    parts.push({
      check: "type",
      column: column.name,
      sql: misfitRows(typed.dataset.groups, column, misfitReason(column)),
    });
  }
  checks.forEach((check, index) => {
    if ((measures.broken[index] ?? 0) === 0) return;
    const from = `FROM (${typed.rows}) WHERE ${condition.sql} AND ${check.broken}`;
    parts.push({ check: check.check, column: check.column, sql: `${rejectOf(check.column, check.reason)} ${from}` });
  });
  for (const [column, count] of repeated) {
    const from = `FROM (${good}) QUALIFY ${repeats(column)}`;
    if (count > 0)
      parts.push({ check: "unique", column, sql: `${rejectOf(column, "was there in an earlier row")} ${from}` });
  }
  const rejects = unreadableRejects(typed.dataset.faults);
  const firsts: { key: string; text: string }[] = [];
  for (const { check, column, sql } of parts) {
    const parameters = check === "type" ? {} : condition.parameters;
    const { rows } = await engine.table({
      sql: `${sql} ORDER BY ${ROW} LIMIT ${MOST_REJECTS + 1}`,
      parameters,
      signal,
    });
    if (rejects.length + rows.length > MOST_REJECTS) return tooMany(context);
    const placed = await placedRejects(rows, typed.locator);
    const [first] = placed;
    if (first !== undefined) {
      const text = `${said({ ...first, row: first.row ?? 0 })}: ${shortened(first.value ?? "missing")}`;
      firsts.push({ key: exampleKey(check, column), text });
    }
    rejects.push(...placed);
  }
  await context.writeColumns("_rejects", rejectColumns(inOrder(rejects, typed.dataset.files)));
  return firsts;
}

function rejectOf(column: string, reason: string): string {
  return `SELECT ${ROW}, ${literal(column)} AS "column", CAST(${quoted(column)} AS VARCHAR) AS value, ${literal(reason)} AS reason`;
}

function tooMany(context: RunContext): Problem {
  const message = `More than ${MOST_REJECTS.toLocaleString("en")} rows would be set aside.`;
  return context.problem({ code: "too-many-rejects", message, hint: "Correct what is expected of the columns." });
}
