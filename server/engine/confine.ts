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

/** Shuts the engine in: the order matters, since each setting forbids what an earlier one needs. */
export async function confine(connection: DuckDBConnection, bounds: Confinement): Promise<void> {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const settings = [
    `SET TimeZone = ${text(bounds.zone)}`,
    // A rate of nothing is missing, and not a number that is greater than every other.
    "SET ieee_floating_point_ops = false",
    `SET memory_limit = '${Math.floor(bounds.memory / 1_048_576)}MiB'`,
    `SET temp_directory = ${text(bounds.spill)}`,
    `SET max_temp_directory_size = '${Math.floor(bounds.temp / 1_048_576)}MiB'`,
    "SET enable_progress_bar = true",
    "SET enable_progress_bar_print = false",
    "SET progress_bar_time = 0",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    `SET allowed_directories = [${bounds.folders.map((folder) => text(`${folder.replace(/\/$/, "")}/`)).join(", ")}]`,
    "SET enable_external_access = false",
    "SET lock_configuration = true",
  ];
  for (const setting of settings) await connection.run(setting);
  const reader = await connection.runAndReadAll(
    "SELECT current_setting('enable_external_access') AS access, current_setting('lock_configuration') AS locked",
  );
  const [row] = reader.getRowObjects();
  if (row?.["access"] !== false || row?.["locked"] !== true) throw new Error("the engine could not be confined");
}
