// Plain JavaScript without dependencies: it runs before anything is installed.
// Installs what is missing, then builds what is stale. Called by `npm start` and `npm test`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) stop(`Segbook needs Node 20.19 or later; this is ${process.version}.`);

if (!installed()) {
  say("Installing what is missing (npm ci) …");
  // The build that npm would start by itself is made below, where its failure is seen.
  run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
}
if (process.argv.includes("--build") || newest(["server", "web", "data"]) > built()) {
  say("Building …");
  run(process.execPath, [join(root, "server", "build.mjs")]);
}

function installed() {
  const stamp = join(root, "node_modules", ".package-lock.json");
  return existsSync(stamp) && sameLock(stamp);
}

// npm keeps a copy of the lock beside what it installed: packages missing there are missing here.
function sameLock(stamp) {
  const read = (path) => JSON.parse(readFileSync(path, "utf8")).packages;
  const wanted = read(join(root, "package-lock.json"));
  const present = read(stamp);
  return Object.entries(wanted).every(
    ([name, entry]) => name === "" || entry.optional === true || present[name]?.version === entry.version,
  );
}

function built() {
  const stamp = join(root, "dist", "built.txt");
  return existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
}

function newest(folders) {
  let latest = Math.max(
    statSync(join(root, "package-lock.json")).mtimeMs,
    statSync(join(root, "tsconfig.json")).mtimeMs,
  );
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      if (entry.isFile() && /\.(ts|mjs|css|html|json)$/.test(entry.name))
        latest = Math.max(latest, statSync(path).mtimeMs);
    }
  }
  return latest;
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (result.status !== 0) stop(`${command} ${args.join(" ")} failed; see above.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(1);
}
