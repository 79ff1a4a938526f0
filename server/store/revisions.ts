import { basename, dirname } from "node:path";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { type GitAnswer, git } from "./git.ts";
import { LARGEST_NOTEBOOK } from "./notebook-files.ts";
import { refusal } from "./refusal.ts";

/** One commit that changed a file. */
export interface Revision {
  /** Of the commit, in full. */
  readonly id: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  readonly author: string;
  /** First line of its message. */
  readonly subject: string;
}

/** A file as a commit has it. */
export interface Committed {
  readonly text: string;
  readonly revision: Revision;
}

const MOST_REVISIONS = 100;
const FORMAT = "--format=%H%x00%aI%x00%an%x00%s";

/** Commits that changed a file, the newest first; its path is absolute and free of links. */
export async function listRevisions(file: string, signal: AbortSignal): Promise<Revision[] | Problem> {
  const folder = dirname(file);
  const args = ["log", "-z", FORMAT, `--max-count=${MOST_REVISIONS}`, "--no-show-signature", "--", basename(file)];
  const answer = await git({ folder, args, most: 1024 ** 2, signal });
  // A repository without a commit has no file in one.
  if (!answer.ok && /does not have any commits yet/.test(answer.stderr)) return [];
  if (!answer.ok) return failed(answer);
  return revisionsIn(answer.stdout);
}

/** The file as a revision has it: a commit, a branch, a tag, `HEAD~1`. */
export async function readRevision(file: string, revision: string, signal: AbortSignal): Promise<Committed | Problem> {
  return readCommitted({ folder: dirname(file), revision, path: `./${basename(file)}` }, signal);
}

/** As git reads `REVISION:PATH` in a folder: from the repository's top, or from the folder with `./` or `../`. */
export async function readCommitted(
  { folder, revision, path }: { folder: string; revision: string; path: string },
  signal: AbortSignal,
): Promise<Committed | Problem> {
  const commit = await resolved(folder, revision, signal);
  if (isProblem(commit)) return commit;
  const blob = await git({
    folder,
    args: ["cat-file", "blob", `${commit.id}:${path}`],
    most: LARGEST_NOTEBOOK,
    signal,
  });
  if (!blob.ok) return blob.why === "failed" ? absent({ revision, path }) : failed(blob);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(blob.stdout);
    return { text, revision: commit };
  } catch {
    return refusal("not-utf8", `\`${path}\` is not UTF-8 text in \`${revision}\`.`, "Choose another revision.");
  }
}

/** The commit that a revision names. Once it is known by its hash, nothing that was typed reaches git any more. */
async function resolved(folder: string, revision: string, signal: AbortSignal): Promise<Revision | Problem> {
  // What begins with a dash would be an option of git's.
  const isNamed = revision !== "" && !revision.startsWith("-") && !/\p{Cc}/u.test(revision);
  if (!isNamed) return unknown(revision);
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const found = await git({ folder, args, most: 1024 ** 2, signal });
  if (!found.ok) return found.why === "failed" && found.stderr === "" ? unknown(revision) : failed(found);
  const id = found.stdout.toString("utf8").trim();
  if (!/^[0-9a-f]{40,64}$/.test(id)) return unknown(revision);
  const log = await git({ folder, args: ["log", "-z", FORMAT, "--max-count=1", id, "--"], most: 1024 ** 2, signal });
  if (!log.ok) return failed(log);
  const [commit] = revisionsIn(log.stdout);
  return commit ?? unknown(revision);
}

function revisionsIn(stdout: Buffer): Revision[] {
  const fields = stdout.toString("utf8").split("\0");
  const revisions: Revision[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [id = "", when = "", author = "", subject = ""] = fields.slice(at, at + 4);
    revisions.push({ id, at: when, author, subject });
  }
  return revisions;
}

function unknown(revision: string): Problem {
  const hint = "Name a commit, a branch, a tag, or `HEAD~1`; `git log` lists them.";
  return refusal("unknown-revision", `Git knows no revision \`${revision.replace(/\p{Cc}/gu, "�")}\` here.`, hint);
}

function absent({ revision, path }: { revision: string; path: string }): Problem {
  const name = path.replace(/^\.\//, "");
  const hint = "Choose a revision that has it, or write `REVISION:PATH` where it had another name.";
  return refusal("not-in-revision", `There is no \`${name}\` in \`${revision}\`.`, hint);
}

function failed(answer: Extract<GitAnswer, { ok: false }>): Problem {
  if (answer.why === "missing") {
    return refusal("git-missing", "There is no git here, so no earlier version can be read.", "Install git.");
  }
  if (answer.why === "too-large") {
    return refusal("notebook-too-large", "That version has more than a notebook may hold.", "Choose another revision.");
  }
  if (/not a git repository/.test(answer.stderr)) {
    const message = "The notebook is in no git repository, so there are no earlier versions of it.";
    return refusal("no-repository", message, "Make one with `git init`, and commit the notebook.");
  }
  const said = answer.stderr.split("\n")[0] ?? "";
  return refusal(
    "git-failed",
    `Git could not read the repository: ${said || "it did not say why"}.`,
    "Try git in a terminal.",
  );
}
