import type { Workspace } from "../run/workspace.ts";
import type { AlertBook } from "../store/alert-book.ts";
import type { DataWatch } from "../store/data-watch.ts";
import type { NotebookFiles } from "../store/notebook-files.ts";
import type { NotebookWatch } from "../store/notebook-watch.ts";
import type { Kernels } from "./kernels.ts";

/** What the routes work with. */
export interface Services {
  readonly workspace: Workspace;
  readonly version: string;
  readonly kernels: Kernels;
  readonly alerts: AlertBook;
  readonly files: NotebookFiles;
  readonly watch: NotebookWatch;
  readonly dataWatch: DataWatch;
  /** Aborted when the server closes; ends the event streams. */
  readonly closing: AbortSignal;
}
