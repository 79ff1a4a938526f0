import { z } from "zod";
import type { Stored } from "./cache.ts";
import { keyPartsSchema } from "./key.ts";

const finding = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "note"]),
  message: z.string(),
  hint: z.string(),
  line: z.number().nullable(),
  column: z.number().nullable(),
});

const relation = z.object({
  suffix: z.string(),
  rows: z.number(),
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  // It lies in the key's own folder.
  file: z.string().regex(/^[\w.-]+$/),
  bytes: z.number(),
  sha256: z.string(),
});

const manifest = z.object({
  key: z.string(),
  parts: keyPartsSchema,
  ms: z.number(),
  relations: z.array(relation),
  findings: z.array(finding),
  files: z.record(z.string(), z.object({ rows: z.number(), columns: z.array(z.string()) })),
});

/** What is kept beside a key's files; null where it is damaged, or of another key. */
export function readManifest(key: string, text: string): Stored | null {
  try {
    const read = manifest.safeParse(JSON.parse(text));
    return read.success && read.data.key === key ? read.data : null;
  } catch {
    return null;
  }
}
