import { isProblem } from "../../../server/notebook/is-problem.ts";
import { NotebookFiles } from "../../../server/store/notebook-files.ts";

/** Saves one notebook over and over, and says the number of each save once it was answered. */
const files = new NotebookFiles(process.argv[2] ?? "");
const path = "notebooks/killed.md";
for (let count = 1; ; count++) {
  const read = await files.read(path);
  if (isProblem(read)) throw new Error(read.message);
  const saved = await files.save(path, `save ${count}\n${"x".repeat(200_000)}end\n`, read.etag);
  if (isProblem(saved) || "current" in saved) throw new Error("the save was refused");
  process.stdout.write(`${count}\n`);
}
