import type { DataFile } from "../kind.ts";
import { magicBytes } from "./bytes.ts";
import { SourceFault } from "./fault.ts";
import type { SourceBody } from "./schema.ts";

/** What a file is, by the declaration, its name and its first bytes. */
export interface FileFormat {
  readonly kind: "csv" | "json" | "parquet";
  readonly gzip: boolean;
  /** The delimiter that the format promises; null where it promises none. */
  readonly delimiter: string | null;
}

/** Throws SourceFault where the file is empty, packed in another way, or of no known format. */
export async function fileFormat(file: DataFile, body: Pick<SourceBody, "format" | "csv">): Promise<FileFormat> {
  const magic = await magicBytes(file);
  if (magic.length === 0) {
    const hint = "Export the file again, or take it out of `files`.";
    throw new SourceFault({ code: "file-empty", message: `\`${file.path}\` is empty: it has no bytes.`, hint });
  }
  const packed = PACKED.find(({ bytes }) => bytes.every((byte, index) => magic[index] === byte));
  if (packed !== undefined) {
    const message = `\`${file.path}\` is packed as ${packed.name}, which is not read.`;
    throw new SourceFault({ code: "file-format", message, hint: "Unpack it, or pack it with gzip." });
  }
  const gzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const extension = /\.([^./]+)$/.exec(file.path.toLowerCase().replace(/\.gz(ip)?$/, ""))?.[1] ?? "";
  const declaredCsv = body.csv.widths !== null || body.csv.delimiter !== null || body.csv.names !== null;
  const format = body.format ?? EXTENSIONS.get(extension) ?? (declaredCsv ? "csv" : null);
  const isParquet = magic.subarray(0, 4).toString("latin1") === "PAR1";
  if (format === null) {
    const hint = isParquet ? "Write `format: parquet`." : "Write `format: csv`, `tsv`, `json` or `parquet`.";
    throw new SourceFault({
      code: "file-format",
      message: `The name of \`${file.path}\` does not tell its format.`,
      hint,
    });
  }
  if (isParquet !== (format === "parquet") && !gzip) {
    const message = isParquet
      ? `\`${file.path}\` is a Parquet file, expected ${format}.`
      : `\`${file.path}\` is not a Parquet file: it does not begin as one.`;
    const hint = isParquet ? "Write `format: parquet`." : "Export the file again, or correct `format`.";
    throw new SourceFault({ code: "file-format", message, hint });
  }
  if (format === "parquet") return { kind: "parquet", gzip, delimiter: null };
  if (format === "csv" || format === "tsv") return { kind: "csv", gzip, delimiter: format === "tsv" ? "\t" : null };
  return { kind: "json", gzip, delimiter: null };
}

const EXTENSIONS = new Map<string, NonNullable<SourceBody["format"]>>([
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["tab", "tsv"],
  ["json", "json"],
  ["jsonl", "json"],
  ["ndjson", "json"],
  ["parquet", "parquet"],
  ["pq", "parquet"],
]);

const PACKED = [
  { name: "bzip2", bytes: [0x42, 0x5a, 0x68] },
  { name: "zip", bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: "xz", bytes: [0xfd, 0x37, 0x7a, 0x58] },
  { name: "zstd", bytes: [0x28, 0xb5, 0x2f, 0xfd] },
];
