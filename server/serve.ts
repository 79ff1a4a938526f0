import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.ts";
import { Supervisor } from "./kernel/supervisor.ts";
import { isProblem } from "./notebook/is-problem.ts";
import type { Kernels } from "./routes/kernels.ts";
import { bracketed } from "./routes/same-origin.ts";
import type { Settings } from "./run/settings.ts";
import type { Workspace } from "./run/workspace.ts";
import { AlertBook } from "./store/alert-book.ts";
import { NotebookFiles } from "./store/notebook-files.ts";

export interface ServeOptions {
  readonly workspace: Workspace;
  readonly host: string;
  readonly port: number;
  /** A port that was asked for is not exchanged for another. */
  readonly portGiven: boolean;
  /** By default 256 random bits. */
  readonly token?: string;
  readonly assets?: string;
  /** By default what holds for a workspace that sets nothing. */
  readonly settings?: Settings;
  readonly kernels?: (files: NotebookFiles) => Kernels;
}

export interface Serving {
  /** The page's address with its token. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Starts a kernel ahead, for the first notebook that is opened. */
  prepare(): void;
  close(): Promise<void>;
}

const PORTS_TRIED = 50;

/** Starts the server; throws the system's error where it can't listen. */
export async function startServer(options: ServeOptions): Promise<Serving> {
  const { workspace, host, portGiven } = options;
  const token = options.token ?? randomBytes(32).toString("base64url");
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 5_000 });
  const port = await listen(server, { host, port: options.port, tries: portGiven ? 1 : PORTS_TRIED });
  const closing = new AbortController();
  const files = new NotebookFiles(workspace.root);
  const alerts = new AlertBook(workspace);
  const kernels =
    options.kernels?.(files) ?? new Supervisor(workspace, (path) => textOf(files, path), options.settings, alerts);
  const assets = options.assets ?? builtPage();
  const app = createApp({ workspace, token, host, port, kernels, alerts, assets, files, closing: closing.signal });
  const answer = getRequestListener(app.fetch, { hostname: bracketed(host) });
  server.on("request", (request, response) => void answer(request, response));
  return {
    url: `http://${bracketed(shownHost(host))}:${port}/?token=${token}`,
    port,
    token,
    prepare: () => kernels.prepare?.(),
    close: async () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await kernels.close();
      server.closeAllConnections();
      await closed;
      alerts.close();
    },
  };
}

/** Listens on the port or, as often as it may, on the next; gives the port it got. */
async function listen(
  server: Server,
  { host, port, tries }: { host: string; port: number; tries: number },
): Promise<number> {
  for (let tried = 0; ; tried++) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen({ host, port: port === 0 ? 0 : port + tried, exclusive: true }, () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || tried + 1 >= tries || port + tried >= 65_535) throw error;
    }
  }
}

async function textOf(files: NotebookFiles, path: string): Promise<string> {
  const stored = await files.read(path);
  if (isProblem(stored)) throw new Error(stored.message);
  return stored.text;
}

/** All addresses at once is none that a browser could open. */
function shownHost(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
}

function builtPage(): string {
  const compiled = import.meta.url.endsWith(".js");
  return fileURLToPath(new URL(compiled ? "../web" : "../dist/web", import.meta.url));
}
