import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isProblem } from "../../server/notebook/is-problem.ts";
import { listRevisions, readRevision } from "../../server/store/revisions.ts";

/** A repository that somebody else made: its settings name a program that leaves a mark where git ever starts it. */
let root: string;
let file: string;
let mark: string;

const git = (...args: string[]) =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: root, encoding: "utf8" }).trim();

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "segbook-repository-"));
  mark = join(root, "started");
  file = join(root, "notebooks", "a.md");
  await mkdir(join(root, "notebooks"));
  await writeFile(file, "one\n");
  await writeFile(join(root, ".gitattributes"), "*.md diff=told filter=told merge=told\n");
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "one");
  const program = join(root, "program.sh");
  await writeFile(program, `#!/bin/sh\ntouch ${mark}\nexit 1\n`);
  await chmod(program, 0o755);
  for (const setting of ["core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.gitProxy"])
    git("config", setting, program);
  for (const setting of ["diff.external", "diff.told.textconv", "diff.told.command", "gpg.program", "core.askPass"])
    git("config", setting, program);
  for (const setting of ["filter.told.smudge", "filter.told.clean", "filter.told.process", "credential.helper"])
    git("config", setting, program);
  git("config", "log.showSignature", "true");
  git("config", "core.hooksPath", root);
});

afterAll(() => rm(root, { recursive: true, force: true }));

describe("reading a stranger's repository starts none of its programs", () => {
  it("where everything is there", async () => {
    const { signal } = new AbortController();
    expect(await listRevisions(file, signal)).toMatchObject([{ subject: "one" }]);
    expect(await readRevision(file, "HEAD", signal)).toMatchObject({ text: "one\n" });
    expect(existsSync(mark)).toBe(false);
  });

  it.each([
    ["a transport that is a command", `ext::sh -c touch% $MARK`, "ext"],
    ["ssh", "ssh://127.0.0.1:1/x", "ssh"],
    ["another folder's program", "$ROOT", "file"],
    ["git's own protocol", "git://127.0.0.1:1/x", "git"],
  ])("where what it lacks would be fetched by %s", async (_, address, protocol) => {
    await rm(mark, { force: true });
    const id = git("rev-parse", "HEAD:notebooks/a.md");
    await rm(join(root, ".git", "objects", id.slice(0, 2), id.slice(2)), { force: true });
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "remote.origin.uploadpack", join(root, "program.sh"));
    git("config", "remote.origin.url", address.replace("$MARK", mark).replace("$ROOT", root));
    git("config", `protocol.${protocol}.allow`, "always");
    const read = await readRevision(file, "HEAD", new AbortController().signal);
    expect(isProblem(read)).toBe(true);
    expect(existsSync(mark)).toBe(false);
  });
});
