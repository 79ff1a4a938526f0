import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { isProblem } from "../../notebook/is-problem.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Workspace } from "../../run/workspace.ts";
import { type Committed, readCommitted, readRevision } from "../../store/revisions.ts";
import { CallFault, DataFault } from "../command.ts";
import { notebookPlaces, readNotebookFile } from "../notebook-file.ts";

export interface DiffSide {
  /** As the output names it. */
  readonly name: string;
  /** Of the notebook: relative to the workspace where it lies in it. */
  readonly path: string;
  readonly text: string;
}

export interface SidesOptions {
  readonly workspace: Workspace;
  /** Whether the workspace was named in the call. */
  readonly explicit: boolean;
  readonly signal: AbortSignal;
}

type Given = readonly [string | undefined, string | undefined];

/** Both sides of a call: each a file, `REVISION:PATH`, or a revision of the other side's file. A file wins over a revision of its name. */
export async function readSides(given: Given, options: SidesOptions): Promise<{ before: DiffSide; after: DiffSide }> {
  const [before, after] = given;
  if (before === undefined || after === undefined) {
    throw new CallFault("Which two? Name two notebooks, or a git revision and a notebook: HEAD~1 notebooks/x.md.");
  }
  return {
    before: await readSide(String(before), String(after), options),
    after: await readSide(String(after), String(before), options),
  };
}

async function readSide(given: string, other: string, options: SidesOptions): Promise<DiffSide> {
  const { workspace, explicit } = options;
  if (fileOf(given, options) !== null) {
    const file = await readNotebookFile(given, workspace, { explicit });
    return { ...file, name: file.path };
  }
  const inRevision = splitRevision(given);
  if (inRevision !== null) return ofRevision(inRevision, options);
  // No revision has a name of that kind: this is a file that is not there.
  if (given.endsWith(".md")) await readNotebookFile(given, workspace, { explicit });
  const file = fileOf(other, options);
  if (file !== null) {
    const { path } = await readNotebookFile(other, workspace, { explicit });
    const committed = committedOr(await readRevision(realpathSync(file), given, options.signal));
    return { path, text: committed.text, name: nameOf(given, path, committed) };
  }
  const twin = splitRevision(other);
  if (twin !== null) return ofRevision({ revision: given, path: twin.path }, options);
  throw new CallFault(
    `There is neither a notebook ${given} nor a notebook ${other}. One of the two must be a file, the other may be a git revision.`,
  );
}

async function ofRevision(at: { revision: string; path: string }, options: SidesOptions): Promise<DiffSide> {
  const folder = options.explicit ? options.workspace.root : process.cwd();
  const committed = committedOr(await readCommitted({ ...at, folder }, options.signal));
  const path = at.path.replace(/^\.\//, "");
  return { path, text: committed.text, name: nameOf(at.revision, path, committed) };
}

/** The file of a name, if there is one. */
function fileOf(given: string, { workspace, explicit }: SidesOptions): string | null {
  const found = notebookPlaces(given, workspace, { explicit }).find((place) => existsSync(place));
  return found !== undefined && statSync(found).isFile() && dirname(found) !== found ? found : null;
}

function splitRevision(given: string): { revision: string; path: string } | null {
  const at = given.indexOf(":");
  return at < 1 || at === given.length - 1 ? null : { revision: given.slice(0, at), path: given.slice(at + 1) };
}

function nameOf(revision: string, path: string, committed: Committed): string {
  const { id, at } = committed.revision;
  return `${revision}:${path} (${id.slice(0, 7)}, ${at.slice(0, 10)})`;
}

function committedOr(found: Committed | Problem): Committed {
  if (!isProblem(found)) return found;
  const text = `${found.message} ${found.hint}`;
  // A repository that can't be read is no fault of the call.
  throw found.code === "git-failed" || found.code === "not-utf8" ? new DataFault(text) : new CallFault(text);
}
