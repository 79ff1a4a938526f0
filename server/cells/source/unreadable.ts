import type { EngineFailure } from "../../engine/engine.ts";
import type { DataFile } from "../kind.ts";
import { SourceFault } from "./fault.ts";

/** What the engine says of a file that it can't read, in our words where they are known. */
export function unreadable(file: DataFile, failure: EngineFailure): SourceFault {
  const cut = /magic bytes/i.test(failure.message);
  const said = failure.message.split("\n")[0]?.replaceAll(file.absolute, file.path) ?? "";
  const message = cut
    ? `\`${file.path}\` is not a whole Parquet file: its end is missing.`
    : `\`${file.path}\` can't be read: ${said.replace(/\.?\s*$/, ".")}`;
  return new SourceFault({ code: "file-damaged", message, hint: "Copy or export the file again." });
}
