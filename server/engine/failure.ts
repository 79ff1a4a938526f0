import { EngineFailure } from "./engine.ts";
import { fromByteOffset } from "./offset.ts";

const KINDS: Record<string, EngineFailure["kind"]> = {
  Parser: "syntax",
  Syntax: "syntax",
  Binder: "binder",
  Catalog: "catalog",
  Conversion: "conversion",
  "Out of Memory": "memory",
  Permission: "permission",
  IO: "io",
};

/** Reads what the engine threw. It is set to report errors as JSON, which carries the position. */
export function toFailure(error: unknown, sql: string): EngineFailure {
  const text = error instanceof Error ? error.message : String(error);
  const start = text.indexOf("{");
  if (start < 0) return plainFailure(text);
  try {
    const report = JSON.parse(text.slice(start)) as Record<string, string>;
    const message = (report["exception_message"] ?? text).trim();
    const position = report["position"] === undefined ? null : fromByteOffset(sql, Number(report["position"]));
    const candidates = (report["candidates"] ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return new EngineFailure(KINDS[report["exception_type"] ?? ""] ?? "other", message, position, candidates);
  } catch {
    return plainFailure(text);
  }
}

function plainFailure(text: string): EngineFailure {
  const match = /^([A-Za-z ]+) Error: (.*)$/s.exec(text);
  const kind = KINDS[match?.[1] ?? ""] ?? "other";
  return new EngineFailure(kind, (match?.[2] ?? text).trim(), null, []);
}
