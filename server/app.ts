import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { KernelFault, KernelLost } from "./kernel/kernel.ts";
import { KernelsBusy } from "./kernel/places.ts";
import { alertRoutes } from "./routes/alerts.ts";
import { assetRoutes } from "./routes/assets.ts";
import { cohortRoutes } from "./routes/cohort.ts";
import { completeRoutes } from "./routes/complete.ts";
import { diffRoutes } from "./routes/diff.ts";
import { eventRoutes } from "./routes/events.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { explainRoutes } from "./routes/explain.ts";
import { exportRoutes } from "./routes/export.ts";
import { ourHeaders } from "./routes/headers.ts";
import type { Kernels } from "./routes/kernels.ts";
import { monitorRoutes } from "./routes/monitor.ts";
import { notebookRoutes } from "./routes/notebook.ts";
import { personRoutes } from "./routes/person.ts";
import { portableRoutes } from "./routes/portable.ts";
import { previewRoutes } from "./routes/preview.ts";
import { profileRoutes } from "./routes/profile.ts";
import { callProblem, refuse } from "./routes/refuse.ts";
import { replayRoutes } from "./routes/replay.ts";
import { resultRoutes } from "./routes/results.ts";
import { runRoutes } from "./routes/runs.ts";
import { type Address, sameOrigin } from "./routes/same-origin.ts";
import { signIn } from "./routes/sign-in.ts";
import { workspaceRoutes } from "./routes/workspace.ts";
import type { Workspace } from "./run/workspace.ts";
import { AlertBook } from "./store/alert-book.ts";
import { DataWatch } from "./store/data-watch.ts";
import { LARGEST_NOTEBOOK, NotebookFiles } from "./store/notebook-files.ts";
import { NotebookWatch } from "./store/notebook-watch.ts";
import { version } from "./version.ts";

/** JSON may need two characters for one of a notebook's. */
const LARGEST_BODY = 2 * LARGEST_NOTEBOOK + 64 * 1024;

export interface AppOptions extends Address {
  readonly workspace: Workspace;
  readonly token: string;
  readonly kernels: Kernels;
  /** Folder of the built page. */
  readonly assets: string;
  /** Aborted when the server closes. */
  readonly closing?: AbortSignal;
  readonly files?: NotebookFiles;
  readonly alerts?: AlertBook;
}

/** The server's routes behind its checks: name and origin first, then the token, then the size of what is sent. */
export function createApp(options: AppOptions) {
  const { workspace, token, host, port, kernels, assets } = options;
  const files = options.files ?? new NotebookFiles(workspace.root);
  const watch = new NotebookWatch(files, workspace.notebooks);
  const dataWatch = new DataWatch(workspace.data);
  const closing = options.closing ?? new AbortController().signal;
  const alerts = options.alerts ?? new AlertBook(workspace);
  const services = { workspace, version, kernels, alerts, files, watch, dataWatch, closing };
  const api = new Hono()
    .use(async (c, next) => {
      await next();
      c.header("Cache-Control", "no-store");
    })
    .route("/", workspaceRoutes(services))
    .route("/", notebookRoutes(services))
    .route("/", runRoutes(services))
    .route("/", resultRoutes(services))
    .route("/", alertRoutes(services))
    .route("/", monitorRoutes(services))
    .route("/", personRoutes(services))
    .route("/", profileRoutes(services))
    .route("/", cohortRoutes(services))
    .route("/", evidenceRoutes(services))
    .route("/", explainRoutes(services))
    .route("/", previewRoutes(services))
    .route("/", replayRoutes(services))
    .route("/", exportRoutes(services))
    .route("/", portableRoutes(services))
    .route("/", diffRoutes(services))
    .route("/", completeRoutes(services))
    .route("/", eventRoutes(services))
    .all("*", (c) => refuse(c, nothingHere(), 404));
  const app = new Hono()
    .use(ourHeaders())
    .use(sameOrigin({ host, port }))
    .use(signIn({ token, port }))
    .use(bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => refuse(c, tooLarge(), 413) }))
    .route("/api", api)
    .route("/", assetRoutes(assets));
  app.notFound((c) => refuse(c, nothingHere(), 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return refuse(c, callProblem("bad-request", `${error.message}.`, "Look at the request."), error.status);
    if (error instanceof KernelLost) {
      const hint = "Try again: the next call starts a new one.";
      return refuse(c, callProblem("kernel-lost", `The notebook's kernel ended (${error.how}).`, hint), 503);
    }
    if (error instanceof KernelsBusy) {
      c.header("Retry-After", String(error.seconds));
      const hint = "Wait for a run to end or cancel one, or raise `kernels` in `.segbook/settings.json`.";
      return refuse(c, callProblem("kernels-busy", "As many notebooks are at work as may be.", hint), 503);
    }
    if (error instanceof KernelFault && error.problem !== null) return refuse(c, error.problem);
    if (c.req.raw.signal.aborted)
      return refuse(c, callProblem("cancelled", "The call was cancelled.", "Ask again."), 409);
    process.stderr.write(`${c.req.method} ${c.req.path}: ${error.stack ?? error.message}\n`);
    return refuse(c, callProblem("server-error", "The server failed on this call.", "Its log says more."), 500);
  });
  return app;
}

/** The routes' types, from which the page's client is made. */
export type AppType = ReturnType<typeof createApp>;

function nothingHere() {
  return callProblem("nothing-here", "There is nothing at this address.", "Look at the address.");
}

function tooLarge() {
  return callProblem("body-too-large", "More was sent than a notebook may hold.", "Move data into files under data/.");
}
