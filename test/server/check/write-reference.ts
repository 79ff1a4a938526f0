import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CODES } from "../../../server/check/codes.ts";
import { referenceTable } from "../../../server/check/reference.ts";
import { projectRoot } from "../../workspace.ts";

// Puts the table of codes into the README: node --import tsx test/server/check/write-reference.ts
const path = join(projectRoot, "README.md");
const readme = readFileSync(path, "utf8");
const start = readme.indexOf("| code | severity |");
const length = readme.slice(start).search(/\n(?!\|)/);
writeFileSync(path, readme.slice(0, start) + referenceTable(CODES) + readme.slice(start + length));
