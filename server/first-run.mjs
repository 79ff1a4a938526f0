// Runs the demo's notebook once, so that a first visitor sees it run and not a blank page. Called by `npm start`.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const notebook = join("notebooks", "first-segments.md");

if (!existsSync(join(root, ".segbook", "last-runs")) && existsSync(join(root, notebook))) {
  process.stderr.write("Running the demo's notebook once …\n");
  const main = join(root, "dist", "server", "main.js");
  // Whatever it finds wrong is shown in the page too, so the workbench opens all the same.
  spawnSync(process.execPath, [main, "run", notebook, "--workspace", root], { cwd: root, stdio: ["ignore", 2, 2] });
}
