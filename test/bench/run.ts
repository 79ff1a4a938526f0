import { readdirSync } from "node:fs";

/** `npm run bench -- NAME` runs test/bench/NAME.ts. */
const names = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.replace(/\.ts$/, ""));
const [name] = process.argv.slice(2);
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Which benchmark? npm run bench -- ${names.join(" | ")}\n`);
  process.exitCode = 2;
} else {
  process.argv.splice(2, 1);
  await import(new URL(`./${name}.ts`, import.meta.url).href);
}
