import { lstat, readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { nearest } from "../../notebook/nearest.ts";
import type { DataFile, RunContext, StudyContext } from "../kind.ts";
import { SourceFault } from "./fault.ts";

type Finding = Pick<StudyContext | RunContext, "dataFolder" | "files">;

/** The files of all patterns, each once, in the order of the patterns and by path within one. Throws SourceFault. */
export async function findFiles(patterns: readonly string[], context: Finding): Promise<DataFile[]> {
  const found = new Map<string, DataFile>();
  for (const [index, pattern] of patterns.entries()) {
    const path = patterns.length === 1 ? ["files"] : ["files", index];
    refuseOutside(pattern, path);
    const files = await context.files(pattern);
    if (files.length === 0) throw await missing(pattern, path, context.dataFolder);
    for (const file of files) found.set(file.path, file);
  }
  return [...found.values()];
}

function refuseOutside(pattern: string, path: readonly (string | number)[]): void {
  const parts = pattern.replaceAll("\\", "/").split("/");
  if (!pattern.startsWith("/") && !/^[A-Za-z]:/.test(pattern) && !parts.includes("..") && !pattern.includes("\0"))
    return;
  const message = `\`${pattern}\` leads out of the data folder.`;
  const hint = "Put the file below `data/` and name it relative to that folder.";
  throw new SourceFault({ code: "file-outside", message, hint }, path);
}

async function missing(pattern: string, path: readonly (string | number)[], folder: string): Promise<SourceFault> {
  const isGlob = /[*?[]/.test(pattern);
  if (/(^|\/)\.[^./]/.test(pattern)) {
    const message = `\`${pattern}\` is hidden: files and folders whose names begin with a dot are never read.`;
    return new SourceFault({ code: "file-hidden", message, hint: "Give it a name without the dot." }, path);
  }
  const link = await lstat(join(folder, pattern)).catch(() => null);
  if (link?.isSymbolicLink() || (link?.isFile() && link.nlink > 1)) {
    const how = link.isSymbolicLink() ? "is a link to" : "shares its bytes with";
    const message = `\`${pattern}\` ${how} a file outside the data folder.`;
    const hint = "Copy the file below `data/` instead of linking it.";
    return new SourceFault({ code: "file-outside", message, hint }, path);
  }
  const message = isGlob
    ? `No file below \`data/\` matches \`${pattern}\`.`
    : `There is no file \`${pattern}\` below \`data/\`.`;
  const known = await filesBelow(folder);
  const near = isGlob ? beside(pattern, known) : nearest(pattern, [...known, ...beside(pattern, known)]);
  const sameName = known.filter((name) => posix.basename(name) === posix.basename(pattern));
  const names = [...new Set([...sameName, ...near])].slice(0, 3).map((name) => `\`${name}\``);
  const hint =
    names.length === 0
      ? "Put the file there, or correct the path."
      : isGlob
        ? `There are, for example, ${names.join(", ")}.`
        : `Did you mean ${names.join(" or ")}?`;
  return new SourceFault({ code: "file-missing", message, hint }, path);
}

/** Files in the folder that a pattern points to. */
function beside(pattern: string, known: readonly string[]): string[] {
  const fixed = pattern.slice(0, pattern.search(/[*?[]|$/));
  const folder = posix.dirname(`${fixed}x`);
  return known.filter((name) => posix.dirname(name) === folder);
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) =>
      posix.join(
        ...join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .split(/[\\/]/),
      ),
    )
    .sort()
    .slice(0, 5000);
}
