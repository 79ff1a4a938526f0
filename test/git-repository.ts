import { execFileSync } from "node:child_process";

/** Whether there is a git; tests that need it are skipped, and say so, where there is none. */
export const hasGit = isThere();

/** Makes a folder a git repository. */
export function gitInit(folder: string): void {
  git(folder, "init", "--quiet", "--initial-branch=main");
}

/** Commits everything in the folder; the commit's hash. */
export function gitCommit(folder: string, message: string): string {
  git(folder, "add", "--all");
  const author = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"];
  git(folder, ...author, "commit", "--quiet", "--message", message);
  return git(folder, "rev-parse", "HEAD").trim();
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function isThere(): boolean {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("There is no git here: tests that need it are skipped.\n");
    return false;
  }
}
