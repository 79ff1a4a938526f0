import type { DuckDBConnection } from "@duckdb/node-api";

export interface Confinement {
  /** Folders whose files may be read: absolute. The engine can also write there, so only our own SQL may COPY. */
  readonly folders: readonly string[];
  /** Where the engine may spill; absolute. */
  readonly spill: string;
  /** IANA name; what TIMESTAMP WITH TIME ZONE is read in. */
  readonly zone: string;
  readonly threads: number;
  /** In bytes. */
  readonly memory: number;
  /** Of what is spilled, in bytes. */
  readonly temp: number;
}

/**
 * Shuts the engine in: the order matters, since each setting forbids what an earlier one needs. `others` are connections
 * that are there already: what is set for one connection alone can't be set once the settings are locked. Throws where
 * the engine is not in every point what was asked for.
 */
export async function confine(
  connection: DuckDBConnection,
  bounds: Confinement,
  others: readonly DuckDBConnection[] = [],
): Promise<void> {
  for (const one of [connection, ...others]) for (const setting of OF_CONNECTION) await one.run(setting);
  for (const [name, value] of settingsOf(bounds)) await connection.run(`SET GLOBAL ${name} = ${literal(value)}`);
  await connection.run("SET GLOBAL lock_configuration = true");
  const settings = await readBack(connection);
  for (const [name, value] of [...settingsOf(bounds), ...UNTOUCHED, ["lock_configuration", true] as const]) {
    const found = settings.get(name);
    if (!isAs(value, found)) throw new Error(`the engine could not be confined: ${name} is ${found}`);
  }
}

type Value = string | boolean | number | { readonly bytes: number } | readonly string[];

function settingsOf(bounds: Confinement): (readonly [string, Value])[] {
  return [
    ["TimeZone", bounds.zone],
    // A rate of nothing is missing, and not a number that is greater than every other.
    ["ieee_floating_point_ops", false],
    ["threads", bounds.threads],
    ["memory_limit", { bytes: bounds.memory }],
    // What a sort or a table that is dropped leaves free is given back, and not kept for what may come.
    ["allocator_bulk_deallocation_flush_threshold", { bytes: 16 * MIB }],
    ["temp_directory", bounds.spill],
    ["max_temp_directory_size", { bytes: bounds.temp }],
    ["allow_persistent_secrets", false],
    ["autoinstall_known_extensions", false],
    ["autoload_known_extensions", false],
    ["allow_community_extensions", false],
    // The engine itself adds the one that it may spill to.
    ["allowed_directories", [...bounds.folders, bounds.spill].map((folder) => `${folder.replace(/\/$/, "")}/`)],
    ["enable_external_access", false],
  ];
}

/** What nobody may have set before: each of them would open what the others shut. */
const UNTOUCHED: readonly (readonly [string, Value])[] = [
  ["allowed_paths", []],
  ["allowed_configs", []],
  ["allow_unsigned_extensions", false],
  ["allow_extensions_metadata_mismatch", false],
  ["allow_unredacted_secrets", false],
  ["enable_logging", false],
  ["enable_profiling", ""],
  ["custom_extension_repository", ""],
  ["autoinstall_extension_repository", ""],
  ["file_search_path", ""],
  ["log_query_path", ""],
  ["http_proxy", ""],
];

const OF_CONNECTION = [
  "SET enable_progress_bar = true",
  "SET enable_progress_bar_print = false",
  "SET progress_bar_time = 0",
];

function literal(value: Value): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value !== "object") return String(value);
  return "bytes" in value ? `'${Math.floor(value.bytes / MIB)}MiB'` : `[${value.map(literal).join(", ")}]`;
}

const MIB = 1024 ** 2;

async function readBack(connection: DuckDBConnection): Promise<Map<string, string>> {
  const reader = await connection.runAndReadAll("SELECT name, value FROM duckdb_settings()");
  return new Map(reader.getRows().map(([name, value]) => [String(name), value === null ? "" : String(value)]));
}

/** The engine writes sizes rounded, flags in two ways and lists in its own order. */
function isAs(wanted: Value, found: string | undefined): boolean {
  if (found === undefined) return false;
  if (typeof wanted === "boolean") return found === String(wanted) || found === (wanted ? "1" : "0");
  if (typeof wanted !== "object") return found === String(wanted);
  if ("bytes" in wanted) return Math.abs(bytesOf(found) / Math.floor(wanted.bytes / MIB) / MIB - 1) < 0.06;
  const items = found
    .slice(1, -1)
    .split(", ")
    .filter((item) => item !== "");
  return items.every((item) => wanted.includes(item)) && wanted.every((item) => items.includes(item));
}

function bytesOf(text: string): number {
  const [, digits, unit] = /^([\d.]+) (bytes|KiB|MiB|GiB|TiB)$/.exec(text) ?? [];
  return Number(digits) * 1024 ** ["bytes", "KiB", "MiB", "GiB", "TiB"].indexOf(unit ?? "");
}
